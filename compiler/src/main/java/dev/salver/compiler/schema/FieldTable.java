package dev.salver.compiler.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of every kind that is emitted, made of the CustomResourceDefinitions. A line is a
 * node; equal nodes are one, so that a pod's fields are there once however many kinds hold pods:
 *
 * <pre>
 * = InferenceService 1204          the root of a kind
 * text | integer | number | boolean | amount | any
 * words Always IfNotPresent        one of them
 * list 7     map 7                 of what stands in line 7, counted from 0
 * fields name=0 ports=12           these fields and no others
 * </pre>
 */
final class FieldTable {
  private static final String RESOURCE = "fields.txt";

  private final List<Field> nodes = new ArrayList<>();
  private final Map<String, Integer> roots = new HashMap<>();

  private FieldTable() {}

  static FieldTable instance() {
    return Holder.TABLE;
  }

  private static final class Holder {
    static final FieldTable TABLE = load();
  }

  /** The root of a kind; empty for one that the table does not hold. */
  Optional<Field> root(String kind) {
    return Optional.ofNullable(roots.get(kind)).map(nodes::get);
  }

  Field at(int node) {
    return nodes.get(node);
  }

  private static FieldTable load() {
    try (InputStream in = FieldTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + RESOURCE);
      }
      var table = new FieldTable();
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          table.read(line.split(" "));
        }
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String[] words) {
    if (words[0].equals("=")) {
      roots.put(words[1], Integer.valueOf(words[2]));
      return;
    }
    List<String> rest = List.of(words).subList(1, words.length);
    nodes.add(
        switch (words[0]) {
          case "text" -> new Field.Scalar(Field.Kind.TEXT);
          case "integer" -> new Field.Scalar(Field.Kind.INTEGER);
          case "number" -> new Field.Scalar(Field.Kind.NUMBER);
          case "boolean" -> new Field.Scalar(Field.Kind.BOOLEAN);
          case "amount" -> new Field.Scalar(Field.Kind.AMOUNT);
          case "any" -> new Field.Any();
          case "words" -> new Field.Words(rest);
          case "list" -> new Field.Listed(Integer.parseInt(rest.getFirst()));
          case "map" -> new Field.Keyed(Integer.parseInt(rest.getFirst()));
          default -> fields(rest);
        });
  }

  private static Field fields(List<String> words) {
    var fields = new TreeMap<String, Integer>();
    for (String word : words) {
      int equals = word.indexOf('=');
      fields.put(word.substring(0, equals), Integer.valueOf(word.substring(equals + 1)));
    }
    return new Field.Fields(fields);
  }
}
