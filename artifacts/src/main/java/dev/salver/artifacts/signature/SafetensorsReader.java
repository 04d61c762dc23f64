package dev.salver.artifacts.signature;

import dev.salver.artifacts.signature.Tokens.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the header of a safetensors file: eight bytes of length, then JSON that gives each tensor's
 * type, shape and place. The places must fill the rest of the file, without overlap.
 */
final class SafetensorsReader {
  private static final long MAX_HEADER = 100_000_000;
  private static final int MAX_TENSORS = 1_000_000;

  /** Bits of an element. */
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F4", 4),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("F32", 32),
          Map.entry("I64", 64),
          Map.entry("U64", 64),
          Map.entry("F64", 64),
          Map.entry("C64", 64));

  private final Input input;
  private final Map<String, Long> bytesByType = new TreeMap<>();
  private final List<Place> places = new ArrayList<>();

  private SafetensorsReader(Input input) {
    this.input = input;
  }

  private record Place(long from, long to) {}

  /** Bytes of the tensors by the format's name of their type. */
  static Map<String, Long> read(Input input) throws IOException, Malformed {
    var reader = new SafetensorsReader(input);
    reader.header();
    return reader.bytesByType;
  }

  private void header() throws IOException, Malformed {
    long length = input.size() < 8 ? -1 : input.little(8);
    if (length < 2 || length > MAX_HEADER || length > input.size() - 8) {
      throw new Malformed(
          "its header is said to be " + Long.toUnsignedString(length) + " bytes long",
          input.name(),
          0);
    }
    long data = input.size() - 8 - length;
    Tokens tokens = TextTokens.json(input, length);
    tokens.object("the header");
    Kind kind = tokens.next();
    for (; kind == Kind.KEY; kind = tokens.next()) {
      if (tokens.text().equals("__metadata__")) {
        tokens.skipValue();
      } else {
        tensor(tokens, data);
      }
    }
    places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
    long end = 0;
    for (Place place : places) {
      if (place.from() != end) {
        throw new Malformed(
            place.from() < end ? "two tensors overlap" : "its tensors leave a gap",
            input.name(),
            8 + length + place.from());
      }
      end = place.to();
    }
    if (end != data) {
      throw new Malformed(
          "its tensors end at byte " + end + " of " + data, input.name(), 8 + length + end);
    }
  }

  private void tensor(Tokens tokens, long data) throws IOException, Malformed {
    String type = "";
    List<String> shape = List.of();
    List<String> offsets = List.of();
    tokens.object("a tensor");
    while (tokens.next() == Kind.KEY) {
      switch (tokens.text()) {
        case "dtype" -> type = tokens.scalar();
        case "shape" -> shape = tokens.scalars(64);
        case "data_offsets" -> offsets = tokens.scalars(2);
        default -> tokens.skipValue();
      }
    }
    long from = offsets.size() == 2 ? number(tokens, offsets.getFirst()) : -1;
    long to = offsets.size() == 2 ? number(tokens, offsets.getLast()) : -1;
    if (from < 0 || to < from || to > data) {
      throw tokens.malformed("a tensor lies outside of the file");
    }
    Integer bits = BITS.get(type);
    if (bits != null && size(tokens, shape, bits) != to - from) {
      throw tokens.malformed("a tensor's shape does not fit its " + (to - from) + " bytes");
    }
    bytesByType.merge(bits == null ? Words.brief(type) : type, to - from, Long::sum);
    places.add(new Place(from, to));
    if (places.size() > MAX_TENSORS || bytesByType.size() > 100) {
      throw tokens.malformed("it has more than " + MAX_TENSORS + " tensors");
    }
  }

  private static long size(Tokens tokens, List<String> shape, int bits) throws Malformed {
    long elements = 1;
    for (String dim : shape) {
      long size = number(tokens, dim);
      long product = elements * size;
      if (Math.multiplyHigh(elements, size) != 0 || product < 0 || product > 1L << 56) {
        throw tokens.malformed("a tensor has impossible dims");
      }
      elements = product;
    }
    return elements * bits / 8;
  }

  private static long number(Tokens tokens, String text) throws Malformed {
    if (!text.matches("[0-9]{1,18}")) {
      throw tokens.malformed("\"" + Words.brief(text) + "\" is no size");
    }
    return Long.parseLong(text);
  }
}
