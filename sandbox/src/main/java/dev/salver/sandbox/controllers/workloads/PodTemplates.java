package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.sandbox.controllers.Trees;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Pod templates by content: whether two are the same, and a short name for one. */
final class PodTemplates {
  static final String HASH = "pod-template-hash";

  /** Letters and digits that make no words, as in pods' names. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private PodTemplates() {}

  /** Whether they differ in nothing but the hash label. */
  static boolean same(JsonNode a, JsonNode b) {
    return Trees.same(withoutHash(a), withoutHash(b));
  }

  private static JsonNode withoutHash(JsonNode template) {
    if (!(template instanceof ObjectNode object)) {
      return template;
    }
    ObjectNode copy = object.deepCopy();
    ObjectNode metadata = Trees.child(copy, "metadata");
    ObjectNode labels = Trees.child(metadata, "labels");
    labels.remove(HASH);
    return copy;
  }

  /**
   * The same for equal templates, whatever the order of their keys.
   *
   * @param collisions how many names were found taken by another template
   */
  static String hash(JsonNode template, int collisions) {
    var crc = new CRC32();
    crc.update(Json.write(sorted(template)).getBytes(StandardCharsets.UTF_8));
    crc.update(collisions);
    var name = new StringBuilder();
    long rest = crc.getValue();
    do {
      name.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    } while (rest > 0);
    return name.toString();
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      var fields = new TreeMap<String, JsonNode>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode result = Json.object();
      fields.forEach(result::set);
      return result;
    }
    if (node.isArray()) {
      var result = Json.array();
      node.forEach(element -> result.add(sorted(element)));
      return result;
    }
    return node;
  }
}
