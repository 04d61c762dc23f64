package dev.salver.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two spaces apart, the last one unpadded. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Lines, the heads first. */
  public List<String> lines() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i));
        if (i < columns - 1) {
          line.repeat(' ', widths[i] - row.get(i).length() + 2);
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
