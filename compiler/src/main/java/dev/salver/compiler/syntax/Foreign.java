package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comments, texts and holes of other languages that begin with signs of this one. */
final class Foreign {
  private static final Pattern SENTENCE =
      Pattern.compile("-- [A-Za-z][\\w']*[.:]?( [A-Za-z]|\\s*$)");
  private static final Pattern HOLE = Pattern.compile("\\$\\{ *([A-Za-z][\\w.-]*) *}");

  private Foreign() {}

  /** {@code -- why}. */
  static Optional<Stray> dashes(SourceFile file, int from, int end, @Nullable Word before) {
    String text = file.text();
    if (!text.startsWith("-- ", from) || !startsLine(text, from)) {
      return Optional.empty();
    }
    int until = lineEnd(text, from, end);
    boolean begins = before == null || before.type() == ServeLexer.RBRACE;
    if (!begins && !SENTENCE.matcher(text).region(from, until).lookingAt()) {
      return Optional.empty();
    }
    return Optional.of(comment(file, from, until, "//", List.of()));
  }

  /**
   * {@code <!-- why -->}.
   *
   * @param far whether its end may stand on another line
   */
  static Optional<Stray> markup(SourceFile file, int from, int end, boolean far) {
    if (!file.text().startsWith("<!--", from)) {
      return Optional.empty();
    }
    int lineEnd = lineEnd(file.text(), from, end);
    int close = file.text().substring(from, far ? end : lineEnd).indexOf("-->") + from;
    boolean closed = close > from;
    int until = closed ? close + 3 : lineEnd;
    var edits = closed ? List.of(new Edit(new Span(file, close, until), "*/")) : List.<Edit>of();
    return Optional.of(comment(file, from, until, closed ? "/*" : "//", edits));
  }

  private static Stray comment(
      SourceFile file, int from, int until, String meant, List<Edit> more) {
    int length = file.text().startsWith("<!--", from) ? 4 : 2;
    var span = new Span(file, from, from + length);
    var edits = new ArrayList<Edit>(List.of(new Edit(span, meant)));
    edits.addAll(more);
    return new Stray(
        until,
        Optional.empty(),
        false,
        Diagnostic.of(Code.SV0108, span, "a comment begins with `" + meant + "`")
            .fixedBy(new Fix("write `" + meant + "`", edits)));
  }

  /**
   * A text in three quotes, over several lines maybe.
   *
   * @param before the word before it
   */
  static Optional<Stray> quotes(SourceFile file, int from, int end, @Nullable Word before) {
    int close = file.text().indexOf("\"\"\"", from + 3);
    if (close < 0 || close + 3 > end) {
      return Optional.empty();
    }
    var span = new Span(file, from, close + 3);
    String inside = file.text().substring(from + 3, close);
    boolean value =
        before != null
            && (TokenKinds.awaitsValue(before.type())
                || before.type() == ServeLexer.LBRACK
                || before.type() == ServeLexer.LPAREN);
    if (value) {
      String line = inside.strip().replace("\n", "\\n").replace("\r", "");
      boolean plain = line.indexOf('"') < 0 && !inside.contains("\\");
      var diagnostic =
          Diagnostic.of(
              Code.SV0108, span, "a text stands in one pair of double quotes, on one line");
      return Optional.of(
          new Stray(
              span.end(),
              Optional.of(new Word(ServeLexer.MISSING, from, span.end())),
              false,
              plain ? diagnostic.fixedBy(Fix.replace(span, "\"" + line + "\"")) : diagnostic));
    }
    boolean top = file.lines().start(file.lines().lineAt(from)) == from;
    String mark = top ? "/// " : "// ";
    String indent = "\n" + " ".repeat(from - file.lines().start(file.lines().lineAt(from)));
    String lines =
        inside
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> mark + line)
            .collect(Collectors.joining(indent));
    return Optional.of(
        new Stray(
            span.end(),
            Optional.empty(),
            false,
            Diagnostic.of(
                    Code.SV0108,
                    span,
                    "what documents a declaration stands before it, in lines that begin with `///`")
                .fixedBy(new Fix("write `" + mark.strip() + "`", List.of(new Edit(span, lines))))));
  }

  /** {@code ${env}} outside of a text. */
  static Optional<Stray> hole(SourceFile file, int from, int end) {
    Matcher hole = HOLE.matcher(file.text()).region(from, Math.min(end, from + Surroundings.FAR));
    if (!hole.lookingAt()) {
      return Optional.empty();
    }
    String inner = hole.group(1);
    var span = new Span(file, from, hole.end());
    int type =
        inner.equals("env")
            ? ServeLexer.ENV
            : inner.indexOf('.') < 0 ? ServeLexer.NAME : ServeLexer.MISSING;
    return Optional.of(
        new Stray(
            span.end(),
            Optional.of(new Word(type, hole.start(1), hole.end(1))),
            false,
            Diagnostic.of(
                    Code.SV0108,
                    span,
                    "`${ }` puts a value into a text; outside of one it stands alone: `"
                        + inner
                        + "`")
                .fixedBy(Fix.replace(span, inner))));
  }

  /** {@code ;} at the end of a line, or between things on one. */
  static Stray semicolon(SourceFile file, int from, int end) {
    String text = file.text();
    int next = from + 1;
    while (next < end && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    boolean last =
        next >= end
            || text.charAt(next) == '\n'
            || text.charAt(next) == '\r'
            || text.charAt(next) == '}'
            || text.startsWith("//", next);
    var span = new Span(file, from, from + 1);
    var diagnostic =
        last
            ? Diagnostic.of(Code.SV0108, span, "a statement ends with its line, without `;`")
                .fixedBy(Fix.delete("remove it", span))
            : Diagnostic.of(Code.SV0108, span, "a comma parts what stands on one line, not `;`")
                .fixedBy(Fix.replace(span, ","));
    return new Stray(from + 1, Optional.empty(), false, diagnostic);
  }

  /** {@code |>}. */
  static Optional<Stray> pipe(SourceFile file, int from) {
    if (!file.text().startsWith("|>", from)) {
      return Optional.empty();
    }
    var span = new Span(file, from, from + 2);
    return Optional.of(
        new Stray(
            span.end(),
            Optional.of(new Word(ServeLexer.ARROW, from, span.end())),
            false,
            Diagnostic.of(Code.SV0108, span, "a flow goes on with `->`, not with `|>`")
                .fixedBy(Fix.replace(span, "->"))));
  }

  private static boolean startsLine(String text, int at) {
    int i = at - 1;
    while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  private static int lineEnd(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
