package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Position;
import java.util.List;

/** Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines. */
public final class GithubReport {
  private GithubReport() {}

  /**
   * A line for each.
   *
   * @param folder the project's folder as seen from the repository's, ending in a slash, or empty
   */
  public static String render(List<Diagnostic> diagnostics, String folder) {
    var out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      Position from = diagnostic.span().from();
      Position until = diagnostic.span().until();
      out.append("::").append(command(diagnostic.severity()));
      out.append(" file=").append(property(folder + diagnostic.span().file().path()));
      out.append(",line=").append(from.line());
      if (from.line() == until.line()) {
        // Columns make sense within one line only; the last one is the last that is shown.
        out.append(",col=").append(from.column());
        out.append(",endLine=").append(until.line());
        out.append(",endColumn=").append(Math.max(from.column(), until.column() - 1));
      } else {
        out.append(",endLine=").append(until.line());
      }
      out.append(",title=").append(property(diagnostic.code().name()));
      out.append("::").append(data(message(diagnostic))).append('\n');
    }
    return out.toString();
  }

  private static String message(Diagnostic diagnostic) {
    var message = new StringBuilder(diagnostic.message());
    for (Related related : diagnostic.related()) {
      message.append('\n').append(related.span()).append(": ").append(related.message());
    }
    for (Fix fix : diagnostic.fixes()) {
      message.append(fix.safe() ? "\nfix: " : "\nsuggestion: ").append(fix.title());
    }
    return message.toString();
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "notice";
    };
  }

  /** What stands behind the colons; see "Workflow commands" in GitHub's documentation. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** What stands behind an equals sign. */
  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
