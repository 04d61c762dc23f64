package dev.salver.compiler.source;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One source text. Identity is the object: two files with equal texts are still two files.
 *
 * <p>Offsets count UTF-16 units as Java strings do; {@link Position}s count code points as people
 * do, and are worked out when asked for.
 */
public final class SourceFile {
  private final String path;
  private final String text;
  private final boolean library;
  private final @Nullable Span importedBy;
  private volatile @Nullable LineIndex lines;

  private SourceFile(String path, String text, boolean library, @Nullable Span importedBy) {
    this.path = path;
    this.text = text;
    this.library = library;
    this.importedBy = importedBy;
  }

  /** A file of the project; the path is relative to the project's folder, with {@code /}. */
  public static SourceFile of(String path, String text) {
    return new SourceFile(path, text, false, null);
  }

  /** A file of the standard library. */
  public static SourceFile library(String path, String text) {
    return new SourceFile(path, text, true, null);
  }

  /**
   * A file of an imported project.
   *
   * @param importedBy the import, itself perhaps in an imported file
   */
  public static SourceFile imported(String path, String text, Span importedBy) {
    return new SourceFile(path, text, false, importedBy);
  }

  /** The import that brought the file; of the program's own files there is none. */
  public Optional<Span> importedBy() {
    return Optional.ofNullable(importedBy);
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  /** Whether the file ships with Salver, so that its declarations give way to the project's. */
  public boolean isLibrary() {
    return library;
  }

  public Position position(int offset) {
    return lines().position(offset);
  }

  /** The text of a line, counted from 1, without its end. */
  public String line(int line) {
    return lines().line(line);
  }

  public LineIndex lines() {
    var index = lines;
    if (index == null) {
      index = new LineIndex(text);
      lines = index;
    }
    return index;
  }

  @Override
  public String toString() {
    return path;
  }
}
