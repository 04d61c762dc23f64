package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list call.
 *
 * @param namespace empty for all
 * @param limit most items of one page, 0 for no limit
 * @param from the {@code continue} token of the page before, or empty
 * @param exactly the version to show, 0 for the newest
 */
public record Query(
    String namespace, Predicate<KubeObject> filter, int limit, String from, long exactly) {
  boolean covers(KubeObject object) {
    return (namespace.isEmpty() || object.namespace().equals(namespace)) && filter.test(object);
  }

  /**
   * One page.
   *
   * @param next the token for the next page, empty at the end
   * @param remaining how many more there are
   */
  public record Page(List<KubeObject> items, long version, String next, int remaining) {}
}
