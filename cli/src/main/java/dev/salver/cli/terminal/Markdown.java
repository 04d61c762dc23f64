package dev.salver.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Little Markdown for a terminal: strong words, code words and fences; all else as it stands. */
public final class Markdown {
  private static final Pattern STRONG = Pattern.compile("\\*\\*(.+?)\\*\\*", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]+\\)");

  private Markdown() {}

  /** Lines that end in a newline. */
  public static String shown(String text, Terminal terminal) {
    var out = new StringBuilder();
    var prose = new StringBuilder();
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("```")) {
        out.append(prose(prose.toString(), terminal));
        prose.setLength(0);
        fenced = !fenced;
      } else if (fenced) {
        out.append("    ").append(line).append('\n');
      } else {
        prose.append(line).append('\n');
      }
    }
    return out.append(prose(prose.toString(), terminal)).toString();
  }

  private static String prose(String text, Terminal terminal) {
    String plain = LINK.matcher(text).replaceAll("$1");
    return STRONG
        .matcher(plain)
        .replaceAll(found -> Matcher.quoteReplacement(terminal.bold(found.group(1))));
  }
}
