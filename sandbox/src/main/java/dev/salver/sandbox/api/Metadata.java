package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What the API server, and nobody else, writes into an object's metadata. */
final class Metadata {
  private static final List<String> OF_THE_SERVER =
      List.of(
          "name",
          "namespace",
          "generateName",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink");
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int MAX_GENERATED_BASE = 63 - SUFFIX;

  private Metadata() {}

  static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A name from {@code generateName}: the base, cut to fit, and five letters. */
  static String generated(String base, RandomGenerator random) {
    var name = new StringBuilder(base.substring(0, Math.min(base.length(), MAX_GENERATED_BASE)));
    for (int i = 0; i < SUFFIX; i++) {
      name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    return name.toString();
  }

  /** Makes a tree a new object: identity given, anything only a stored object has taken away. */
  static void begin(ResourceType type, ObjectNode tree, Instant now, RandomGenerator random) {
    ObjectNode metadata = Trees.metadata(tree);
    metadata.remove(
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "resourceVersion"));
    metadata.put("uid", uid(random)).put("creationTimestamp", time(now));
    if (Types.hasGeneration(type)) {
      metadata.put("generation", 1);
    } else {
      metadata.remove("generation");
    }
    if (type.hasStatus() && !type.gvk().kind().equals("Node")) {
      tree.remove("status");
    }
  }

  /** What a new object's tree may not change about the live one, changed back. */
  static void keep(ResourceType type, ObjectNode live, ObjectNode next, boolean status) {
    if (status) {
      var names = new LinkedHashSet<String>();
      next.fieldNames().forEachRemaining(names::add);
      live.fieldNames().forEachRemaining(names::add);
      names.remove("status");
      JsonNode managed = Trees.metadata(next).get("managedFields");
      names.forEach(name -> Trees.carry(live, next, name));
      ObjectNode metadata = Trees.metadata(live).deepCopy();
      if (managed != null) {
        metadata.set("managedFields", managed);
      }
      next.set("metadata", metadata);
      return;
    }
    if (type.hasStatus()) {
      Trees.carry(live, next, "status");
    }
    ObjectNode from = Trees.metadata(live);
    ObjectNode to = Trees.metadata(next);
    OF_THE_SERVER.forEach(field -> Trees.carry(from, to, field));
    next.set("apiVersion", live.get("apiVersion"));
    next.set("kind", live.get("kind"));
  }

  /** Counts the generation up where something else than metadata and status changed. */
  static void count(ResourceType type, ObjectNode live, ObjectNode next) {
    boolean changed =
        type.hasStatus()
            ? !Trees.sameBut(live, next, "metadata", "status")
            : !Trees.sameBut(live, next, "metadata");
    if (changed && Types.hasGeneration(type)) {
      countUp(next);
    }
  }

  /** Marks as being deleted, from now on or, for a pod, when its grace is over. */
  static void condemn(ObjectNode tree, Instant now, long graceSeconds) {
    ObjectNode metadata = Trees.metadata(tree);
    metadata.put("deletionTimestamp", time(now.plusSeconds(graceSeconds)));
    metadata.put("deletionGracePeriodSeconds", graceSeconds);
    if (metadata.has("generation")) {
      countUp(tree);
    }
  }

  static boolean isHeld(KubeObject object) {
    return !object.metadata().path("finalizers").isEmpty();
  }

  private static void countUp(ObjectNode tree) {
    ObjectNode metadata = Trees.metadata(tree);
    metadata.put("generation", Math.toIntExact(metadata.path("generation").asLong() + 1));
  }

  private static String uid(RandomGenerator random) {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
