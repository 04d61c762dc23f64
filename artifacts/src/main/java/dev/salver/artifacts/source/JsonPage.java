package dev.salver.artifacts.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;

/** JSON as services answer with it, bounded. */
final class JsonPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 32 << 20;

  private JsonPage() {}

  /** Reads an answer to its end, and closes it. */
  static JsonNode read(InputStream body, String shown) throws IOException, Stop {
    byte[] bytes;
    try (body) {
      bytes = body.readNBytes(MAX_BYTES + 1);
    }
    return parse(bytes, shown);
  }

  static JsonNode parse(byte[] bytes, String shown) throws IOException, Stop {
    if (bytes.length > MAX_BYTES) {
      throw new Stop(new Failure.TooLarge(shown, MAX_BYTES));
    }
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Stop(new Failure.NotReadable(shown, "what came is no JSON"));
    }
  }
}
