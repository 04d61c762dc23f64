package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tokens of Universal Binary JSON, Draft 12, as XGBoost writes it: integers may be unsigned, lists
 * of numbers name their type and count once and are jumped over whole.
 */
final class UbjsonTokens implements Tokens {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_TEXT = 8 << 20;

  private final Input input;
  private final Deque<Level> levels = new ArrayDeque<>();
  private String text = "";

  UbjsonTokens(Input input) {
    this.input = input;
  }

  /** An object or list that is open. */
  private static final class Level {
    private final boolean object;
    private final int type;
    private long left;
    private boolean keyed;

    /** With type 0 where each entry names its own, and left -1 where an end mark follows. */
    Level(boolean object, int type, long left) {
      this.object = object;
      this.type = type;
      this.left = left;
    }
  }

  @Override
  public Kind next() throws IOException, Malformed {
    Level level = levels.peek();
    if (level == null) {
      return input.more() ? value(marker()) : Kind.END;
    }
    if (level.keyed) {
      level.keyed = false;
      return value(level.type == 0 ? marker() : level.type);
    }
    if (level.left < 0 ? ends(level) : level.left == 0) {
      levels.pop();
      return level.object ? Kind.OBJECT_END : Kind.LIST_END;
    }
    level.left -= level.left > 0 ? 1 : 0;
    if (level.object) {
      text = string(length(marker()));
      level.keyed = true;
      return Kind.KEY;
    }
    return value(level.type == 0 ? marker() : level.type);
  }

  private boolean ends(Level level) throws IOException, Malformed {
    while (input.peek() == 'N') {
      input.next();
    }
    boolean ends = input.peek() == (level.object ? '}' : ']');
    if (ends) {
      input.next();
    }
    return ends;
  }

  private int marker() throws IOException, Malformed {
    int marker = input.next() & 0xff;
    while (marker == 'N') {
      marker = input.next() & 0xff;
    }
    return marker;
  }

  private Kind value(int marker) throws IOException, Malformed {
    switch (marker) {
      case '{', '[' -> {
        open(marker == '{');
        return marker == '{' ? Kind.OBJECT : Kind.LIST;
      }
      case 'S', 'H' -> text = string(length(marker()));
      case 'C' -> text = string(1);
      case 'Z' -> text = "null";
      case 'T' -> text = "true";
      case 'F' -> text = "false";
      case 'd' -> text = Float.toString(Float.intBitsToFloat((int) input.big(4)));
      case 'D' -> text = Double.toString(Double.longBitsToDouble(input.big(8)));
      default -> text = Long.toString(whole(marker));
    }
    return Kind.SCALAR;
  }

  private void open(boolean object) throws IOException, Malformed {
    if (levels.size() == MAX_DEPTH) {
      throw malformed("it nests deeper than " + MAX_DEPTH);
    }
    int type = 0;
    long count = -1;
    if (input.peek() == '$') {
      input.next();
      type = input.next() & 0xff;
      if (input.peek() != '#') {
        throw malformed("a list names a type and no count");
      }
    }
    if (input.peek() == '#') {
      input.next();
      count = length(marker());
      long least = width(type);
      if (least == 0 ? count > input.size() : count > (input.size() - input.position()) / least) {
        throw malformed(
            "a list says that it has " + count + " entries, more than there is room for");
      }
    }
    levels.push(new Level(object, type, count));
  }

  @Override
  public void skip() throws IOException, Malformed {
    Level level = levels.getFirst();
    int depth = levels.size() - 1;
    if (!level.object && level.left >= 0 && isNumber(level.type)) {
      input.seek(input.position() + level.left * width(level.type));
      levels.pop();
      return;
    }
    while (levels.size() > depth) {
      Kind kind = next();
      if (kind == Kind.LIST) {
        skip();
      }
    }
  }

  /** Bytes that an entry has at least. */
  private static int width(int type) {
    return switch (type) {
      case 'i', 'U', 'C' -> 1;
      case 'I' -> 2;
      case 'l', 'd' -> 4;
      case 'L', 'D' -> 8;
      case 'Z', 'T', 'F', 'N' -> 0;
      default -> 1;
    };
  }

  /** Whether entries of the type have exactly {@link #width}. */
  private static boolean isNumber(int type) {
    return "iUCIldLDZTFN".indexOf(type) >= 0;
  }

  private long whole(int marker) throws IOException, Malformed {
    return switch (marker) {
      case 'i' -> input.big(1);
      case 'U' -> input.big(1) & 0xff;
      case 'I' -> input.big(2);
      case 'l' -> input.big(4);
      case 'L' -> input.big(8);
      default -> throw malformed("there is no type mark " + marker + " in UBJSON");
    };
  }

  private long length(int marker) throws IOException, Malformed {
    long length = whole(marker);
    if (length < 0 || length > input.size()) {
      throw malformed("a length is " + length);
    }
    return length;
  }

  private String string(long length) throws IOException, Malformed {
    if (length > MAX_TEXT) {
      throw malformed("a string is " + length + " bytes long");
    }
    return new String(input.take((int) length), StandardCharsets.UTF_8);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Malformed malformed(String reason) {
    return input.malformed(reason);
  }
}
