package dev.salver.compiler.cel;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.source.SourceFolder;
import java.util.Map;

/** Checks the program that is its argument, as a process of its own. */
final class CheckOnly {
  private CheckOnly() {}

  public static void main(String[] args) {
    Compiler.check(SourceFolder.of(Map.of("p.serve", args[0])));
  }
}
