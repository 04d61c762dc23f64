package dev.salver.artifacts.signature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;

/** Tokens of JSON or YAML. Nothing is resolved: an alias of YAML is its name. */
final class TextTokens implements Tokens {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(200)
          .maxNameLength(64 << 10)
          .maxStringLength(8 << 20)
          .maxNumberLength(1_000)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String file;
  private final long start;
  private final String language;
  private final JsonParser parser;

  private TextTokens(String file, long start, String language, JsonParser parser) {
    this.file = file;
    this.start = start;
    this.language = language;
    this.parser = parser;
  }

  /** The JSON from where an input is, for so many bytes. */
  static TextTokens json(Input input, long length) throws IOException {
    return new TextTokens(
        input.name(), input.position(), "JSON", JSON.createParser(input.stream(length)));
  }

  /** JSON that was a string in another file. */
  static TextTokens json(String text, String file) throws IOException {
    return new TextTokens(file, 0, "JSON", JSON.createParser(text));
  }

  static TextTokens yaml(String text, String file) throws IOException {
    var factory = YAMLFactory.builder().streamReadConstraints(LIMITS).build();
    return new TextTokens(file, 0, "YAML", factory.createParser(text));
  }

  @Override
  public Kind next() throws IOException, Malformed {
    JsonToken token;
    try {
      token = parser.nextToken();
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
    return switch (token) {
      case null -> Kind.END;
      case START_OBJECT -> Kind.OBJECT;
      case END_OBJECT -> Kind.OBJECT_END;
      case START_ARRAY -> Kind.LIST;
      case END_ARRAY -> Kind.LIST_END;
      case FIELD_NAME -> Kind.KEY;
      case VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT ->
          Kind.SCALAR;
      case NOT_AVAILABLE -> throw malformed("it ends in the middle of something");
    };
  }

  @Override
  public String text() throws IOException, Malformed {
    try {
      String text = parser.getText();
      return text == null ? "" : text;
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
  }

  @Override
  public void skip() throws IOException, Malformed {
    int depth = 1;
    while (depth > 0) {
      switch (next()) {
        case OBJECT, LIST -> depth++;
        case OBJECT_END, LIST_END -> depth--;
        case END -> throw malformed("it ends in the middle of something");
        case KEY, SCALAR -> {}
      }
    }
  }

  @Override
  public Malformed malformed(String reason) {
    return new Malformed(reason, file, at(parser.currentLocation()));
  }

  private Malformed broken(JsonProcessingException e) {
    return new Malformed(
        e instanceof StreamConstraintsException
            ? "it nests deeper, or has longer words, than any model does"
            : "it is not " + language + detail(String.valueOf(e.getOriginalMessage())),
        file,
        e.getLocation() == null ? start : at(e.getLocation()));
  }

  /** The parser's sentence, less what it says of places and classes of its own. */
  private static String detail(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    int aside = line.indexOf(" (start marker");
    String told = aside < 0 ? line : line.substring(0, aside);
    return told.contains("java.") || told.contains("org.") ? "" : ": " + Words.brief(told, 160);
  }

  private long at(JsonLocation location) {
    long offset =
        location.getByteOffset() >= 0 ? location.getByteOffset() : location.getCharOffset();
    return start + Math.max(offset, 0);
  }
}
