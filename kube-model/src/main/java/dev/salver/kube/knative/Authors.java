package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.util.Optional;

/** The annotations that say who made an object and who changed its spec last. */
final class Authors {
  private Authors() {}

  static void write(KubeObject object, Optional<KubeObject> old, String user) {
    if (user.isEmpty()) {
      return;
    }
    boolean changed = old.isEmpty() || !Changes.between(old.get().spec(), object.spec()).isEmpty();
    if (!changed) {
      return;
    }
    ObjectNode metadata = KnativeDefaults.child(object.tree(), "metadata");
    ObjectNode annotations = KnativeDefaults.child(metadata, "annotations");
    if (old.isEmpty()) {
      annotations.put(KnativeNames.CREATOR, user);
    }
    annotations.put(KnativeNames.LAST_MODIFIER, user);
  }

  static FieldErrors check(KubeObject object, Optional<KubeObject> old) {
    if (old.isEmpty()) {
      return FieldErrors.NONE;
    }
    FieldErrors errors = FieldErrors.NONE;
    if (!value(old.get(), KnativeNames.CREATOR).equals(value(object, KnativeNames.CREATOR))) {
      errors = FieldErrors.of("annotation value is immutable", KnativeNames.CREATOR);
    }
    String modifier = value(object, KnativeNames.LAST_MODIFIER);
    if (!value(old.get(), KnativeNames.LAST_MODIFIER).equals(modifier)
        && Changes.between(old.get().spec(), object.spec()).isEmpty()) {
      errors = errors.and(FieldErrors.invalid(modifier, KnativeNames.LAST_MODIFIER));
    }
    return errors.via("metadata.annotations");
  }

  private static String value(KubeObject object, String annotation) {
    return object.annotation(annotation).orElse("");
  }
}
