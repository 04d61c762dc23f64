package dev.salver.cli;

import dev.salver.compiler.diagnostic.Code;

/** What the first digit of a code says. */
final class Families {
  private Families() {}

  static String of(Code code) {
    return switch (code.name().charAt(2)) {
      case '0' -> "Syntax";
      case '1' -> "Names";
      case '2' -> "Types and graphs";
      case '3' -> "Environments";
      case '4' -> "Lint";
      case '5' -> "Limits of the backend";
      case '6' -> "Policies and tests";
      case '7' -> "Lock and imports";
      default -> "Output";
    };
  }
}
