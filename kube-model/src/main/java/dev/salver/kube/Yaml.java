package dev.salver.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
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
   * Every document of a stream, empty ones left out.
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
    try (MappingIterator<JsonNode> values = reader.readValues(text)) {
      while (values.hasNextValue()) {
        JsonNode document = values.nextValue();
        if (document != null && !document.isNull() && !document.isMissingNode()) {
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
