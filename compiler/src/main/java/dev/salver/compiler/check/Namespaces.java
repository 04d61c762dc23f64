package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Path;

/** A namespace is a DNS label: lower-case letters, digits and {@code -} inside. */
final class Namespaces {
  private static final int MAX = 63;

  private Namespaces() {}

  static void check(String namespace, Settings environment, Diagnostics diagnostics) {
    if (!isLabel(namespace)) {
      var path = Path.of("namespace");
      var diagnostic =
          Diagnostic.of(
              Code.SV2003,
              environment.at(path),
              "`"
                  + namespace
                  + "` is no namespace: lower-case letters, digits and `-` inside, at most 63");
      diagnostics.add(
          environment
              .written(path)
              .map(leaf -> Holes.hinted(diagnostic, leaf.value().span()))
              .orElse(diagnostic));
    }
  }

  private static boolean isLabel(String text) {
    if (text.isEmpty() || text.length() > MAX || text.startsWith("-") || text.endsWith("-")) {
      return false;
    }
    return text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }
}
