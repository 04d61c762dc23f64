package dev.salver.artifacts.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Adds up a graph's initializers without reading them, and remembers which names they fill and
 * which files hold them.
 */
final class OnnxWeights {
  private static final int MAX_NAMES = 200_000;
  private static final int MAX_NAME_CHARS = 16 << 20;
  private static final int MAX_PARTS = 200_000;

  private final Wire wire;
  private final Set<String> names = new HashSet<>();
  private final List<Part> parts = new ArrayList<>();
  private long nameChars;
  private long bytes;
  private boolean any;

  OnnxWeights(Wire wire) {
    this.wire = wire;
  }

  /**
   * A piece of a file beside the model.
   *
   * @param location as the model writes it
   * @param at where the model says so
   */
  record Part(String location, long offset, long length, long at) {}

  Set<String> names() {
    return names;
  }

  List<Part> parts() {
    return parts;
  }

  /** In memory; empty without initializers. */
  OptionalLong bytes() {
    return any ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /** The {@code TensorProto} that starts here. */
  void dense() throws IOException, Malformed {
    remember(tensor());
  }

  /** The {@code SparseTensorProto} that starts here. */
  void sparse() throws IOException, Malformed {
    long outer = wire.enter();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> remember(tensor());
        case 2 << 3 | Wire.LENGTH -> tensor();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void remember(String name) throws Malformed {
    if (names.add(name)) {
      nameChars += name.length();
    }
    if (names.size() > MAX_NAMES || nameChars > MAX_NAME_CHARS) {
      throw wire.malformed("the model has more than " + MAX_NAMES + " initializers");
    }
  }

  /** Its name. */
  private String tensor() throws IOException, Malformed {
    long outer = wire.enter();
    any = true;
    String name = "";
    long elements = 1;
    long code = 0;
    long texts = 0;
    var external = new External();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> elements = times(elements, wire.varint());
        case 1 << 3 | Wire.LENGTH -> {
          long packed = wire.enter();
          while (wire.more()) {
            elements = times(elements, wire.varint());
          }
          wire.leave(packed);
        }
        case 2 << 3 -> code = wire.varint();
        case 6 << 3 | Wire.LENGTH -> {
          long text = wire.enter();
          texts += wire.left();
          wire.leave(text);
        }
        case 8 << 3 | Wire.LENGTH -> name = wire.text();
        case 13 << 3 | Wire.LENGTH -> external.entry();
        case 14 << 3 -> external.used = wire.varint() == 1;
        default -> wire.skip(tag);
      }
    }
    long size = texts + size(elements, code);
    if (external.used) {
      external.add(size);
    }
    bytes = Math.addExact(Math.min(bytes, Long.MAX_VALUE / 4), Math.min(size, Long.MAX_VALUE / 4));
    wire.leave(outer);
    return name;
  }

  private long size(long elements, long code) throws Malformed {
    Optional<ElementType> element = OnnxTypes.element(code);
    if (element.isEmpty()) {
      throw wire.malformed(
          "an initializer has the element type "
              + Long.toUnsignedString(code)
              + ", which there is not");
    }
    int bits = element.get().bits();
    return bits >= 8 ? times(elements, bits / 8) : (elements * bits + 7) / 8;
  }

  private long times(long a, long b) throws Malformed {
    long high = Math.multiplyHigh(a, b);
    long product = a * b;
    if (b < 0 || high != 0 || product < 0 || product > 1L << 56) {
      throw wire.malformed("an initializer has impossible dims");
    }
    return product;
  }

  /** {@code external_data}: keys and values. */
  private final class External {
    private boolean used;
    private String location = "";
    private long offset;
    private long length = -1;
    private long at;

    void entry() throws IOException, Malformed {
      at = wire.position();
      long outer = wire.enter();
      String key = "";
      String value = "";
      while (wire.more()) {
        int tag = wire.tag();
        switch (tag) {
          case 1 << 3 | Wire.LENGTH -> key = wire.text();
          case 2 << 3 | Wire.LENGTH -> value = wire.text();
          default -> wire.skip(tag);
        }
      }
      wire.leave(outer);
      switch (key) {
        case "location" -> location = value;
        case "offset" -> offset = number(value);
        case "length" -> length = number(value);
        default -> {}
      }
    }

    void add(long size) throws Malformed {
      if (location.isEmpty()) {
        throw wire.malformed("weights lie in another file, but which one is not said");
      }
      if (length >= 0 && length < size) {
        throw wire.malformed(
            "weights of " + size + " bytes are said to lie in " + length + " bytes of " + location);
      }
      parts.add(new Part(location, offset, Math.max(length, size), at));
      if (parts.size() > MAX_PARTS) {
        throw wire.malformed("the weights lie in more than " + MAX_PARTS + " pieces");
      }
    }

    private long number(String text) throws Malformed {
      try {
        long number = Long.parseLong(text);
        if (number >= 0 && number <= 1L << 56) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Falls through to the same complaint.
      }
      throw wire.malformed("\"" + Words.brief(text) + "\" is no place in a file");
    }
  }
}
