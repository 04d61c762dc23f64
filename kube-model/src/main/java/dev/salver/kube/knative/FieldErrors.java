package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with an object and where, merged and worded as Knative's webhook does: equal
 * messages share a line, lines and paths are sorted.
 */
record FieldErrors(List<FieldError> errors) {
  static final FieldErrors NONE = new FieldErrors(List.of());

  /** Booleans that Kubernetes stores by value, so that {@code false} is the same as absent. */
  private static final Set<String> PLAIN_BOOLEANS =
      Set.of("hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty");

  private static final Set<String> PLAIN_NUMBERS = Set.of("hostPort");

  /** One message; a path is relative to where the error was found. */
  record FieldError(String message, List<String> paths, String details) {}

  static FieldErrors of(String message, String... paths) {
    return new FieldErrors(List.of(new FieldError(message, List.of(paths), "")));
  }

  static FieldErrors detailed(String message, String details, String... paths) {
    return new FieldErrors(List.of(new FieldError(message, List.of(paths), details)));
  }

  static FieldErrors missing(String... paths) {
    return of("missing field(s)", paths);
  }

  static FieldErrors disallowed(String... paths) {
    return of("must not set the field(s)", paths);
  }

  static FieldErrors invalid(Object value, String path) {
    return of("invalid value: " + value, path);
  }

  static FieldErrors outOfBounds(Object value, Object lower, Object upper, String path) {
    return of("expected " + lower + " <= " + value + " <= " + upper, path);
  }

  /** Complains of each set field that is not among the allowed. */
  static FieldErrors onlyAllows(JsonNode object, Set<String> allowed) {
    var set =
        object.properties().stream()
            .filter(field -> !allowed.contains(field.getKey()))
            .filter(field -> isSet(field.getKey(), field.getValue()))
            .map(field -> field.getKey())
            .toArray(String[]::new);
    return set.length == 0 ? NONE : disallowed(set);
  }

  private static boolean isSet(String name, JsonNode value) {
    if (value.isNull() || (value.isTextual() && value.textValue().isEmpty())) {
      return false;
    }
    if (value.isBoolean() && !value.booleanValue()) {
      return !PLAIN_BOOLEANS.contains(name);
    }
    return !(value.isNumber() && value.asLong() == 0 && PLAIN_NUMBERS.contains(name));
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  FieldErrors and(FieldErrors more) {
    if (more.isEmpty()) {
      return this;
    }
    return isEmpty()
        ? more
        : new FieldErrors(Stream.concat(errors.stream(), more.errors.stream()).toList());
  }

  /** The same errors as seen from the object that holds this one under a field. */
  FieldErrors via(String field) {
    return new FieldErrors(
        errors.stream()
            .map(
                error ->
                    new FieldError(
                        error.message,
                        error.paths.stream().map(path -> join(field, path)).toList(),
                        error.details))
            .toList());
  }

  FieldErrors via(String field, int index) {
    return via("[" + index + "]").via(field);
  }

  private static String join(String prefix, String path) {
    return path.isEmpty() || path.startsWith("[") ? prefix + path : prefix + "." + path;
  }

  /** The whole message, without the webhook's preamble. */
  String render() {
    record Key(String message, String details) {}
    var merged = new LinkedHashMap<Key, TreeSet<String>>();
    for (FieldError error : errors) {
      merged
          .computeIfAbsent(new Key(error.message, error.details), k -> new TreeSet<>())
          .addAll(error.paths);
    }
    var keys = new ArrayList<>(merged.keySet());
    keys.sort(Comparator.comparing(Key::message).thenComparing(Key::details));
    return keys.stream()
        .map(
            key ->
                key.message
                    + ": "
                    + String.join(", ", merged.getOrDefault(key, new TreeSet<>()))
                    + (key.details.isEmpty() ? "" : "\n" + key.details))
        .collect(Collectors.joining("\n"));
  }
}
