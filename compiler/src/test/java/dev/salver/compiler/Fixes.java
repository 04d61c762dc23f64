package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Applies the first fix of each diagnostic to a text. */
final class Fixes {
  private Fixes() {}

  static String apply(String source, List<Diagnostic> diagnostics) {
    var edits = new ArrayList<Edit>();
    diagnostics.stream()
        .filter(each -> !each.fixes().isEmpty())
        .forEach(each -> edits.addAll(each.fixes().getFirst().edits()));
    edits.sort(Comparator.comparingInt((Edit edit) -> edit.span().start()).reversed());
    var text = new StringBuilder(source);
    for (Edit edit : edits) {
      text.replace(edit.span().start(), edit.span().end(), edit.text());
    }
    return text.toString();
  }
}
