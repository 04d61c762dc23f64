package dev.salver.kube.graph;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How names and texts are written in the CEL of a condition. */
public final class CelText {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  private CelText() {}

  /** The value of a step or input: its name, or {@code steps["fraud-nn"]} where that is none. */
  public static String variable(String name) {
    return isVariable(name) ? name : "steps[" + quoted(name) + "]";
  }

  /** A field of a value. */
  public static String field(String of, String name) {
    return isIdentifier(name) ? of + "." + name : of + "[" + quoted(name) + "]";
  }

  /** A text with its quotes. */
  public static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (each < 0x20 || each == 0x7F) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", each));
                  } else {
                    out.appendCodePoint(each);
                  }
                }
              }
            });
    return out.append('"').toString();
  }

  static boolean isVariable(String name) {
    return isIdentifier(name) && !name.equals("steps") && !name.equals(Step.Ref.REQUEST);
  }

  private static boolean isIdentifier(String name) {
    return IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name);
  }
}
