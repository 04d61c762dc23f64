package dev.salver.reconciler.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.ObjectKey;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything that one commit wants, checked.
 *
 * @param origins {@code origins.json} as it is; missing where the commit carries none
 */
public record Snapshot(String commit, SortedMap<ObjectKey, Manifest> manifests, JsonNode origins) {

  /** What the commit says about one object. */
  public Optional<Manifest> manifest(ObjectKey key) {
    return Optional.ofNullable(manifests.get(key));
  }
}
