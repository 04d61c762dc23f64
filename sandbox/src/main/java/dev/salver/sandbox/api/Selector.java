package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import java.util.Map;
import java.util.function.Predicate;

/** A label selector; {@link #ANY} takes everything. */
@FunctionalInterface
public interface Selector extends Predicate<KubeObject> {
  Selector ANY = object -> true;

  /** Every pair must be among the object's labels. */
  static Selector labels(Map<String, String> wanted) {
    return object -> object.labels().entrySet().containsAll(wanted.entrySet());
  }
}
