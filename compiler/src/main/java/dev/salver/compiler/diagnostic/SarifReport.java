package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.LineIndex;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Diagnostics as SARIF 2.1.0, for code scanning: one run with a rule for every code that occurs,
 * which has its page as help. Columns count UTF-16 units, which is what viewers assume; the end of
 * a region is behind its last character. Fingerprints are GitHub's.
 */
public final class SarifReport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private static final String UNRESERVED = "-._~/";

  private final JsonText out = new JsonText();
  private final String folder;
  private final List<Code> rules;
  private final Map<SourceFile, String[]> hashes = new HashMap<>();

  private SarifReport(List<Diagnostic> diagnostics, String folder) {
    this.folder = folder;
    this.rules = diagnostics.stream().map(Diagnostic::code).distinct().sorted().toList();
  }

  /**
   * @param folder the project's folder as seen from where paths are to count from, ending in a
   *     slash, or empty
   */
  public static String render(List<Diagnostic> diagnostics, String folder) {
    return new SarifReport(diagnostics, folder).log(diagnostics);
  }

  private String log(List<Diagnostic> diagnostics) {
    out.raw("{\"$schema\": ").string(SCHEMA).raw(", \"version\": \"2.1.0\", \"runs\": [");
    out.raw("{\"tool\": {\"driver\": {\"name\": \"salver\", \"rules\": ");
    out.list(rules, this::rule);
    out.raw("}}, \"columnKind\": \"utf16CodeUnits\", \"results\": ");
    out.list(diagnostics, this::result);
    return out.raw("}]}").toString();
  }

  private void rule(Code code) {
    Page page = code.page();
    out.raw("{\"id\": ").string(code.name());
    out.raw(", \"shortDescription\": ");
    text(page.title());
    out.raw(", \"fullDescription\": ");
    text(plain(page.text().lines().takeWhile(line -> !line.isBlank())));
    out.raw(", \"help\": {\"text\": ").string(plain(page.text().lines()));
    out.raw(", \"markdown\": ").string(page.text());
    out.raw("}, \"defaultConfiguration\": {\"level\": ").string(level(code.severity())).raw("}}");
  }

  private void result(Diagnostic diagnostic) {
    out.raw("{\"ruleId\": ").string(diagnostic.code().name());
    out.raw(", \"ruleIndex\": ").number(rules.indexOf(diagnostic.code()));
    out.raw(", \"level\": ").string(level(diagnostic.severity()));
    out.raw(", \"message\": ");
    text(diagnostic.message());
    out.raw(", \"locations\": [{");
    location(diagnostic.span());
    out.raw("}], \"partialFingerprints\": {\"primaryLocationLineHash\": ");
    out.string(hash(diagnostic.span())).raw("}");
    if (!diagnostic.related().isEmpty()) {
      out.raw(", \"relatedLocations\": ").list(diagnostic.related(), this::related);
    }
    if (!diagnostic.fixes().isEmpty()) {
      out.raw(", \"fixes\": ").list(diagnostic.fixes(), this::fix);
    }
    out.raw("}");
  }

  private String hash(Span span) {
    return hashes.computeIfAbsent(span.file(), LineHashes::of)[span.from().line() - 1];
  }

  private static String plain(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n")).replaceAll("[`*]", "");
  }

  private void related(Related related) {
    out.raw("{");
    location(related.span());
    out.raw(", \"message\": ");
    text(related.message());
    out.raw("}");
  }

  private void fix(Fix fix) {
    out.raw("{\"description\": ");
    text(fix.title());
    out.raw(", \"artifactChanges\": ");
    var files = fix.edits().stream().map(edit -> edit.span().file()).distinct().toList();
    out.list(
        files,
        file -> {
          out.raw("{\"artifactLocation\": ");
          artifact(file.path());
          out.raw(", \"replacements\": ");
          out.list(
              fix.edits().stream().filter(edit -> edit.span().file().equals(file)).toList(),
              edit -> {
                out.raw("{\"deletedRegion\": ");
                region(edit.span());
                out.raw(", \"insertedContent\": ");
                text(edit.text());
                out.raw("}");
              });
          out.raw("}");
        });
    out.raw("}");
  }

  private void location(Span span) {
    out.raw("\"physicalLocation\": {\"artifactLocation\": ");
    artifact(span.file().path());
    out.raw(", \"region\": ");
    region(span);
    out.raw("}");
  }

  private void artifact(String path) {
    out.raw("{\"uri\": ").string(uri(folder + path)).raw(", \"uriBaseId\": \"%SRCROOT%\"}");
  }

  private void region(Span span) {
    LineIndex lines = span.file().lines();
    int from = lines.lineAt(span.start());
    int until = lines.lineAt(span.end());
    out.raw("{\"startLine\": ").number(from + 1);
    out.raw(", \"startColumn\": ").number(column(lines, from, span.start()));
    out.raw(", \"endLine\": ").number(until + 1);
    out.raw(", \"endColumn\": ").number(column(lines, until, span.end())).raw("}");
  }

  private static int column(LineIndex lines, int line, int offset) {
    return Math.max(0, offset - lines.start(line)) + 1;
  }

  private void text(String text) {
    out.raw("{\"text\": ").string(text).raw("}");
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  /** A path as a relative reference of RFC 3986. */
  private static String uri(String path) {
    var uri = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        uri.append(c);
      } else {
        uri.append('%')
            .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
      }
    }
    return uri.toString();
  }
}
