package dev.salver.compiler.source;

/** A piece of a file: offsets in UTF-16 units, the end exclusive. */
public record Span(SourceFile file, int start, int end) implements Comparable<Span> {
  public Span {
    if (start < 0 || end < start || end > file.text().length()) {
      throw new IllegalArgumentException(file + " has no " + start + ".." + end);
    }
  }

  /** From this span's start to the other's end; both are of one file. */
  public Span to(Span last) {
    return new Span(file, Math.min(start, last.start), Math.max(end, last.end));
  }

  public Position from() {
    return file.position(start);
  }

  public Position until() {
    return file.position(end);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  public boolean touches(Span other) {
    return file == other.file && start <= other.end && other.start <= end;
  }

  /** By path, then place. */
  @Override
  public int compareTo(Span other) {
    int byPath = file.path().compareTo(other.file.path());
    if (byPath != 0) {
      return byPath;
    }
    int byStart = Integer.compare(start, other.start);
    return byStart != 0 ? byStart : Integer.compare(end, other.end);
  }

  @Override
  public String toString() {
    Position from = from();
    return file.path() + ":" + from.line() + ":" + from.column();
  }
}
