package dev.salver.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What changes between two texts, as {@code git diff} shows it. */
public final class TextDiff {
  private TextDiff() {}

  /**
   * A unified diff with three lines of context, which {@code git apply} and {@code patch -p1} take;
   * empty where nothing changes.
   *
   * @param path relative, with slashes
   */
  public static String unified(String path, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    var old = new RawText(before.getBytes(StandardCharsets.UTF_8));
    var now = new RawText(after.getBytes(StandardCharsets.UTF_8));
    var edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now);
    var out = new ByteArrayOutputStream();
    try (var formatter = new DiffFormatter(out)) {
      formatter.format(edits, old, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--- a/" + path + "\n+++ b/" + path + "\n" + out.toString(StandardCharsets.UTF_8);
  }
}
