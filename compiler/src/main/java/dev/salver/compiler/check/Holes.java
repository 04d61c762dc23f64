package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What other languages put values into a text with, which is a part of the text here. */
final class Holes {
  private static final Pattern OTHERS =
      Pattern.compile("\\{\\{ *[A-Za-z][\\w.-]* *}}|\\$\\([A-Za-z][\\w-]*\\)|\\$[A-Za-z][\\w-]*");

  private Holes() {}

  /** The same of a text that can't be as it is, and how a value is put into one. */
  static Diagnostic hinted(Diagnostic diagnostic, Span text) {
    Matcher hole = OTHERS.matcher(text.text());
    if (!text.text().startsWith("\"") || !hole.find()) {
      return diagnostic;
    }
    String meant =
        hole.replaceAll(match -> "\\${" + match.group().replaceAll("[{}()$ ]", "") + "}");
    return diagnostic
        .labelled("a value is put into a text with `${ }`")
        .fixedBy(Fix.replace(text, meant).suggested());
  }
}
