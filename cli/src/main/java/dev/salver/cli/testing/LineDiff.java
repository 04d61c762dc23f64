package dev.salver.cli.testing;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, as unified hunks with three lines around them. */
final class LineDiff {
  private static final int CONTEXT = 3;

  /** Lines that are compared each with each; longer ones are shown as replaced. */
  private static final int MAX = 2_000;

  private record Line(char sign, String text) {}

  private LineDiff() {}

  /** No lines where the texts are equal. */
  static List<String> of(List<String> before, List<String> after) {
    List<Line> lines = lines(before, after);
    var shown = new boolean[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).sign() != ' ') {
        for (int near = Math.max(0, i - CONTEXT);
            near <= Math.min(lines.size() - 1, i + CONTEXT);
            near++) {
          shown[near] = true;
        }
      }
    }
    var out = new ArrayList<String>();
    int old = 0;
    int now = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (shown[i] && (i == 0 || !shown[i - 1])) {
        out.add("@@ -" + (old + 1) + " +" + (now + 1) + " @@");
      }
      Line line = lines.get(i);
      old += line.sign() == '+' ? 0 : 1;
      now += line.sign() == '-' ? 0 : 1;
      if (shown[i]) {
        out.add(line.sign() + line.text());
      }
    }
    return out;
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int head = 0;
    int shorter = Math.min(before.size(), after.size());
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    var lines = new ArrayList<Line>();
    before.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
    middle(
        before.subList(head, before.size() - tail),
        after.subList(head, after.size() - tail),
        lines);
    before
        .subList(before.size() - tail, before.size())
        .forEach(text -> lines.add(new Line(' ', text)));
    return lines;
  }

  /** The longest lines in common stay. */
  private static void middle(List<String> before, List<String> after, List<Line> lines) {
    if (before.size() > MAX || after.size() > MAX) {
      before.forEach(text -> lines.add(new Line('-', text)));
      after.forEach(text -> lines.add(new Line('+', text)));
      return;
    }
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i++)));
        j++;
      } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', before.get(i++)));
      } else {
        lines.add(new Line('+', after.get(j++)));
      }
    }
  }
}
