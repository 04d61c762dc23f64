package dev.salver.kube;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** YAML in and out: bounded, no aliases, no duplicate keys; output is the same bytes everywhere. */
public final class Yaml {
  private static final int MAX_CODE_POINTS = 3 * 1024 * 1024;
  private static final int MAX_TRUSTED_CODE_POINTS = 16 * 1024 * 1024;

  private static final ObjectMapper MAPPER = new ObjectMapper(factory(MAX_CODE_POINTS));
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private Yaml() {}

  /**
   * Every document of a stream, a list as one document; those without content or with null are left
   * out.
   *
   * @throws IllegalArgumentException with line and column where the text is not YAML or over the
   *     limits
   */
  public static List<JsonNode> documents(String text) {
    return documents(text, READER);
  }

  /**
   * Every document of a local file that is trusted for its size, such as a large
   * CustomResourceDefinition: up to 16 MB of text instead of 3, all other limits the same.
   *
   * @throws IllegalArgumentException as {@link #documents} does
   */
  public static List<JsonNode> trustedFile(Path file) throws IOException {
    if (Files.size(file) > 4L * MAX_TRUSTED_CODE_POINTS) {
      throw new IllegalArgumentException(file + " is over 64 MB, more than is read at once");
    }
    return documents(
        Files.readString(file),
        new ObjectMapper(factory(MAX_TRUSTED_CODE_POINTS)).readerFor(JsonNode.class));
  }

  private static List<JsonNode> documents(String text, ObjectReader reader) {
    var documents = new ArrayList<JsonNode>();
    try (JsonParser parser = reader.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        boolean blank = isBlank(parser);
        JsonNode document = reader.readTree(parser);
        if (!blank && !document.isNull()) {
          documents.add(document);
        }
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new IllegalArgumentException(
          e.getOriginalMessage()
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return documents;
  }

  /** Nothing between two markers: the parser makes a text of it that takes no room. */
  private static boolean isBlank(JsonParser parser) {
    JsonLocation start = parser.currentTokenLocation();
    JsonLocation end = parser.currentLocation();
    return parser.currentToken() == JsonToken.VALUE_STRING
        && start.getLineNr() == end.getLineNr()
        && start.getColumnNr() == end.getColumnNr();
  }

  /** One document without a leading marker, keys in the tree's order. */
  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static YAMLFactory factory(int maxCodePoints) {
    var limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(100);
    limits.setCodePointLimit(maxCodePoints);
    return YAMLFactory.builder()
        .loaderOptions(limits)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
        .build();
  }
}
