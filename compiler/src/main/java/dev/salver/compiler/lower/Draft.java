package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An object while it is put together: its tree, and the origin of each field by JSON Pointer. */
final class Draft {
  private final ObjectNode tree;
  private final Settings settings;
  private final SortedMap<String, Span> origins;

  Draft(Gvk gvk, String namespace, String name, Settings settings) {
    this(KubeObject.named(gvk, namespace, name).tree(), settings, new TreeMap<>());
  }

  private Draft(ObjectNode tree, Settings settings, SortedMap<String, Span> origins) {
    this.tree = tree;
    this.settings = settings;
    this.origins = origins;
  }

  /** The same object, its fields decided by other settings. */
  Draft by(Settings others) {
    return new Draft(tree, others, origins);
  }

  Settings settings() {
    return settings;
  }

  ObjectNode tree() {
    return tree;
  }

  /** The object at a place, made if it is not there. */
  ObjectNode at(String... keys) {
    ObjectNode node = tree;
    for (String key : keys) {
      JsonNode below = node.get(key);
      node = below instanceof ObjectNode there ? there : node.putObject(key);
    }
    return node;
  }

  /** Writes a field that a setting decides. */
  void put(Path from, JsonNode value, String... keys) {
    ObjectNode parent = tree;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode below = parent.get(keys[i]);
      parent = below instanceof ObjectNode there ? there : parent.putObject(keys[i]);
    }
    parent.set(keys[keys.length - 1], value);
    origin(from, keys);
  }

  void put(Path from, String value, String... keys) {
    put(from, new TextNode(value), keys);
  }

  /** Notes which setting a field was read from; a default has no origin. */
  void origin(Path from, String... keys) {
    settings.leaf(from).ifPresent(leaf -> origins.put(pointer(keys), leaf.leaf().at()));
  }

  /** Labels or annotations: a map of texts into a map of texts, in the order of their keys. */
  void texts(String key, String... into) {
    Map<Path, Value> values = settings.below(key);
    values.forEach(
        (path, value) -> {
          String[] keys = Arrays.copyOf(into, into.length + 1);
          keys[into.length] = path.first();
          put(Path.of(key, path.first()), Settings.text(value), keys);
        });
  }

  /** Lays {@code raw} over the object. */
  Manifest finish() {
    var raw = settings.below("raw");
    raw.forEach(
        (path, value) -> {
          Raw.merge(tree, path.keys(), Raw.json(value));
          origin(Path.of("raw").then(path), path.keys().toArray(new String[0]));
        });
    return withoutRaw();
  }

  /** An object beside the one that {@code raw} speaks of. */
  Manifest withoutRaw() {
    return new Manifest(new KubeObject(tree), settings.declared(), origins);
  }

  Optional<Value> value(String key) {
    return settings.value(Path.of(key));
  }

  private static String pointer(String... keys) {
    var pointer = new StringBuilder();
    for (String key : keys) {
      pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
