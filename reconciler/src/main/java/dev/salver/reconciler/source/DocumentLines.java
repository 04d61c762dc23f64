package dev.salver.reconciler.source;

import java.util.ArrayList;
import java.util.List;

/** Where the documents of a YAML stream start. */
final class DocumentLines {
  private DocumentLines() {}

  /**
   * The first line with content of each document, counted from 1. A marker at the start of a line
   * is one wherever it stands (YAML 1.2, chapter 9.1), so no parsing is needed.
   */
  static List<Integer> of(String text) {
    var starts = new ArrayList<Integer>();
    boolean open = false;
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String rest = line;
      if (line.equals("---") || line.startsWith("--- ")) {
        open = false;
        rest = line.substring(3);
      } else if (line.equals("...") || line.startsWith("... ")) {
        open = false;
        continue;
      }
      String content = rest.strip();
      boolean says = !content.isEmpty() && !content.startsWith("#") && !content.startsWith("%");
      if (says && !open) {
        starts.add(number);
        open = true;
      }
    }
    return starts;
  }
}
