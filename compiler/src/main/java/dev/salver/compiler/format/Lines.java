package dev.salver.compiler.format;

import java.util.ArrayList;
import java.util.List;

/** Lines of the result, whose columns are set under each other where neighbours have the same. */
final class Lines {
  private static final int BEFORE_REMARK = 2;

  private final List<Line> lines = new ArrayList<>();
  private Line line = new Line(0, false);

  /** A column starts at an offset of a line's text. */
  private record Column(int at, String kind) {}

  private static final class Line {
    final int indent;
    final boolean afterBlank;
    final StringBuilder text = new StringBuilder();
    final List<Column> columns = new ArrayList<>(2);
    String remark = "";
    boolean isRemark;

    Line(int indent, boolean afterBlank) {
      this.indent = indent;
      this.afterBlank = afterBlank;
    }

    boolean hasColumn(int index, Line other) {
      return columns.size() > index
          && other.columns.size() > index
          && indent == other.indent
          && columns.get(index).kind().equals(other.columns.get(index).kind());
    }

    /** Inserts spaces before a column. */
    void pad(int index, int spaces) {
      text.insert(columns.get(index).at(), " ".repeat(spaces));
      columns.replaceAll(
          column -> column.at() < columns.get(index).at() ? column : shifted(column, spaces));
    }

    private static Column shifted(Column column, int spaces) {
      return new Column(column.at() + spaces, column.kind());
    }
  }

  /** Ends the line and begins one. */
  void begin(int indent, boolean afterBlank) {
    if (!line.text.isEmpty() || !line.remark.isEmpty()) {
      lines.add(line);
    }
    line = new Line(indent, afterBlank && !lines.isEmpty());
  }

  void append(String text) {
    line.text.append(text);
  }

  /** The line holds a comment and nothing else: columns go on behind it. */
  void isRemark(boolean alone) {
    line.isRemark = alone;
  }

  void column(String kind) {
    line.columns.add(new Column(line.text.length(), kind));
  }

  /** A comment at the end of the line. */
  void remark(String text) {
    line.remark = line.remark.isEmpty() ? text : line.remark + " " + text;
  }

  boolean isEmpty() {
    return line.text.isEmpty();
  }

  String render() {
    begin(0, false);
    for (int column = 0; column < 2; column++) {
      align(column);
    }
    alignRemarks();
    var out = new StringBuilder();
    for (Line each : lines) {
      out.append(each.afterBlank ? "\n" : "");
      out.append(" ".repeat(each.indent)).append(each.text).append(each.remark).append('\n');
    }
    return out.toString();
  }

  private void align(int column) {
    var run = new ArrayList<Line>();
    for (Line each : lines) {
      if (each.isRemark && !each.afterBlank) {
        continue;
      }
      if (!run.isEmpty() && (each.afterBlank || !each.hasColumn(column, run.getLast()))) {
        align(run, column);
        run.clear();
      }
      if (each.columns.size() > column && each.text.indexOf("\n") < 0) {
        run.add(each);
      }
    }
    align(run, column);
  }

  private static void align(List<Line> run, int column) {
    int widest = run.stream().mapToInt(each -> each.columns.get(column).at()).max().orElse(0);
    run.forEach(each -> each.pad(column, widest - each.columns.get(column).at()));
  }

  private void alignRemarks() {
    for (int from = 0; from < lines.size(); ) {
      int until = from;
      int widest = 0;
      while (until < lines.size() && continues(from, until)) {
        widest = Math.max(widest, lines.get(until).text.length());
        until++;
      }
      for (Line each : lines.subList(from, until)) {
        each.remark = " ".repeat(widest - each.text.length() + BEFORE_REMARK) + each.remark;
      }
      from = Math.max(until, from + 1);
    }
  }

  private boolean continues(int from, int at) {
    Line each = lines.get(at);
    return !each.remark.isEmpty()
        && (at == from || (each.indent == lines.get(from).indent && !each.afterBlank));
  }
}
