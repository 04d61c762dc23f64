package dev.salver.compiler.overlay;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An environment's patches by what they speak of, so that many models do not each read them all.
 */
record PatchIndex(Map<Key, List<Resource>> byTarget) {
  private static final String ALL = "*";

  record Key(Kind kind, String name) {}

  static PatchIndex of(Resource environment) {
    var byTarget = new HashMap<Key, List<Resource>>();
    for (Entry entry : environment.body()) {
      Resource patch =
          entry instanceof Entry.Graph graph
              ? graph.asResource()
              : entry instanceof Resource resource ? resource : null;
      if (patch != null) {
        byTarget
            .computeIfAbsent(new Key(patch.kind(), patch.name().text()), key -> new ArrayList<>())
            .add(patch);
      }
    }
    return new PatchIndex(byTarget);
  }

  /** {@code model *}, with and without {@code where}. */
  List<Resource> selectors(Kind kind) {
    return named(kind, ALL);
  }

  List<Resource> named(Kind kind, String name) {
    return byTarget.getOrDefault(new Key(kind, name), List.of());
  }
}
