package dev.salver.compiler.cel;

import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An expression with the value of every part below it:
 *
 * <pre>
 * self.scale.replicas.min >= 2
 * |                       |
 * 1                       false
 * </pre>
 */
public final class PowerAssertion {
  private static final int MAX_WIDTH = 160;

  private PowerAssertion() {}

  /** The lines, without line ends; several lines of source become one. */
  public static List<String> render(Span expression, List<SubValue> parts) {
    var line = new StringBuilder();
    int[] columns = flatten(expression, line);
    var sorted = new ArrayList<Placed>();
    for (SubValue part : parts) {
      int at = part.at() - expression.start();
      if (at >= 0 && at < columns.length && columns[at] < MAX_WIDTH) {
        sorted.add(new Placed(columns[at], part.shown()));
      }
    }
    sorted.sort(Comparator.comparingInt(Placed::column).reversed());
    var lines = new ArrayList<String>();
    lines.add(cut(line.toString()));
    var rows = new ArrayList<StringBuilder>();
    var bars = new StringBuilder();
    for (Placed placed : sorted) {
      put(bars, placed.column(), "|");
    }
    if (!sorted.isEmpty()) {
      lines.add(bars.toString());
    }
    for (int i = 0; i < sorted.size(); i++) {
      Placed placed = sorted.get(i);
      int row = 0;
      while (row < rows.size() && !isFree(rows.get(row), placed)) {
        put(rows.get(row), placed.column(), "|");
        row++;
      }
      if (row == rows.size()) {
        rows.add(new StringBuilder());
      }
      put(rows.get(row), placed.column(), placed.shown());
    }
    rows.forEach(row -> lines.add(row.toString().stripTrailing()));
    return lines;
  }

  private record Placed(int column, String shown) {}

  private static boolean isFree(StringBuilder row, Placed placed) {
    int end = placed.column() + placed.shown().length() + 1;
    for (int at = placed.column(); at < Math.min(end, row.length()); at++) {
      if (row.charAt(at) != ' ') {
        return false;
      }
    }
    return true;
  }

  private static void put(StringBuilder row, int column, String text) {
    while (row.length() < column + text.length()) {
      row.append(' ');
    }
    row.replace(column, column + text.length(), text);
  }

  private static String cut(String line) {
    return line.length() > MAX_WIDTH ? line.substring(0, MAX_WIDTH) + "…" : line;
  }

  /** The column of every character, all white space being one space. */
  private static int[] flatten(Span expression, StringBuilder line) {
    String text = expression.text();
    int[] columns = new int[text.length()];
    for (int i = 0; i < text.length(); i++) {
      boolean blank = Character.isWhitespace(text.charAt(i));
      if (!blank || line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
        line.append(blank ? ' ' : text.charAt(i));
      }
      columns[i] = line.length() - 1;
    }
    return columns;
  }
}
