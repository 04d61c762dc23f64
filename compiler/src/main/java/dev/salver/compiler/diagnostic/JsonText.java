package dev.salver.compiler.diagnostic;

import java.util.List;
import java.util.function.Consumer;

/** Writes JSON by hand, in one line, because checking must start fast. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  JsonText raw(String text) {
    out.append(text);
    return this;
  }

  JsonText number(int number) {
    out.append(number);
    return this;
  }

  <T> JsonText list(List<T> items, Consumer<T> each) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      each.accept(items.get(i));
    }
    out.append(']');
    return this;
  }

  JsonText string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            out.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
