package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.util.Optional;

/**
 * What Knative's webhook makes of a write: the object with its defaults, or a refusal in the
 * webhook's words. Status writes do not come here.
 */
public final class KnativeAdmission {
  private static final String DENIED =
      "admission webhook \"validation.webhook.serving.knative.dev\" denied the request: validation"
          + " failed: ";

  private KnativeAdmission() {}

  /** The outcome of one write. */
  public sealed interface Result {}

  /** Let through, as it is to be stored. */
  public record Admitted(KubeObject object) implements Result {}

  /** Refused; the message is the one that a client sees. */
  public record Denied(String message) implements Result {}

  /**
   * Defaults and checks one object of {@code serving.knative.dev} or {@code
   * autoscaling.internal.knative.dev}; any other comes back as it is.
   *
   * @param old what is stored now; empty for a create
   * @param user who writes, for the creator and modifier annotations; empty leaves them out
   */
  public static Result admit(
      KubeObject object, Optional<KubeObject> old, String user, KnativeFeatures features) {
    if (!object.gvk().group().endsWith("knative.dev")) {
      return new Admitted(object);
    }
    KubeObject result = object.copy();
    ObjectNode spec = KnativeDefaults.child(result.tree(), "spec");
    boolean create = old.isEmpty();
    FieldErrors errors =
        switch (object.gvk().group() + "/" + object.kind()) {
          case "serving.knative.dev/Service" -> {
            if (!keepsItsName(spec, old)) {
              KnativeDefaults.template(spec, create);
            }
            KnativeDefaults.traffic(spec, true);
            Authors.write(result, old, user);
            yield service(result, old, features);
          }
          case "serving.knative.dev/Configuration" -> {
            if (!keepsItsName(spec, old)) {
              KnativeDefaults.template(spec, create);
            }
            if (!isOwned(result)) {
              Authors.write(result, old, user);
            }
            yield configuration(result, old, features);
          }
          case "serving.knative.dev/Route" -> {
            KnativeDefaults.traffic(spec, false);
            if (!isOwned(result)) {
              Authors.write(result, old, user);
            }
            yield route(result, old);
          }
          case "serving.knative.dev/Revision" -> {
            if (create) {
              KnativeDefaults.revisionSpec(spec, true);
            }
            yield revision(result, old, features);
          }
          case "autoscaling.internal.knative.dev/PodAutoscaler" -> {
            podAutoscaler(result);
            yield FieldErrors.NONE;
          }
          default -> FieldErrors.NONE;
        };
    return errors.isEmpty() ? new Admitted(result) : new Denied(DENIED + errors.render());
  }

  private static FieldErrors service(
      KubeObject service, Optional<KubeObject> old, KnativeFeatures features) {
    JsonNode spec = service.spec();
    return TemplateRules.metadata(service)
        .and(TemplateRules.rolloutDuration(service.annotations()).via("annotations"))
        .via("metadata")
        .and(
            TemplateRules.template(spec.path("template"), service, features)
                .via("template")
                .and(TrafficRules.check(spec.path("traffic"), true))
                .via("spec"))
        .and(Authors.check(service, old))
        .and(nameChange(spec, old));
  }

  private static FieldErrors configuration(
      KubeObject configuration, Optional<KubeObject> old, KnativeFeatures features) {
    JsonNode spec = configuration.spec();
    return TemplateRules.metadata(configuration)
        .and(ownerLabel(configuration, KnativeNames.SERVICE, "Service"))
        .via("metadata")
        .and(
            TemplateRules.template(spec.path("template"), configuration, features)
                .via("template")
                .via("spec"))
        .and(isOwned(configuration) ? FieldErrors.NONE : Authors.check(configuration, old))
        .and(nameChange(spec, old));
  }

  private static FieldErrors route(KubeObject route, Optional<KubeObject> old) {
    return TemplateRules.metadata(route)
        .and(ownerLabel(route, KnativeNames.SERVICE, "Service"))
        .and(TemplateRules.rolloutDuration(route.annotations()).via("annotations"))
        .via("metadata")
        .and(TrafficRules.check(route.spec().path("traffic"), false).via("spec"))
        .and(isOwned(route) ? FieldErrors.NONE : Authors.check(route, old));
  }

  private static FieldErrors revision(
      KubeObject revision, Optional<KubeObject> old, KnativeFeatures features) {
    FieldErrors metadata =
        TemplateRules.metadata(revision)
            .and(ownerLabel(revision, KnativeNames.CONFIGURATION, "Configuration"))
            .via("metadata");
    if (old.isEmpty()) {
      return metadata.and(TemplateRules.revisionSpec(revision.spec(), features).via("spec"));
    }
    String changes = Changes.between(old.get().spec(), revision.spec());
    return changes.isEmpty()
        ? metadata
        : metadata.and(
            FieldErrors.detailed("Immutable fields changed (-old +new)", changes, "spec"));
  }

  /** A template that keeps a name of the user's own must not change otherwise. */
  private static FieldErrors nameChange(JsonNode spec, Optional<KubeObject> old) {
    if (!keepsItsName(spec, old)) {
      return FieldErrors.NONE;
    }
    String changes =
        Changes.between(
            old.map(KubeObject::spec).orElseThrow().path("template"), spec.path("template"));
    return changes.isEmpty()
        ? FieldErrors.NONE
        : FieldErrors.detailed(
                "Saw the following changes without a name change (-old +new)",
                changes,
                "metadata.name")
            .via("template")
            .via("spec");
  }

  private static boolean keepsItsName(JsonNode spec, Optional<KubeObject> old) {
    String name = templateName(spec);
    return !name.isEmpty() && old.filter(o -> templateName(o.spec()).equals(name)).isPresent();
  }

  private static String templateName(JsonNode spec) {
    return spec.path("template").path("metadata").path("name").asText("");
  }

  private static void podAutoscaler(KubeObject autoscaler) {
    ObjectNode metadata = KnativeDefaults.child(autoscaler.tree(), "metadata");
    ObjectNode annotations = KnativeDefaults.child(metadata, "annotations");
    if (!annotations.has(KnativeNames.CLASS)) {
      annotations.put(KnativeNames.CLASS, KnativeNames.KPA);
    }
    if (!annotations.has(KnativeNames.METRIC)) {
      annotations.put(
          KnativeNames.METRIC,
          switch (annotations.path(KnativeNames.CLASS).asText()) {
            case KnativeNames.KPA -> "concurrency";
            case KnativeNames.HPA -> "cpu";
            default -> "";
          });
    }
  }

  private static FieldErrors ownerLabel(KubeObject object, String label, String kind) {
    String name = object.label(label).orElse(null);
    if (name == null) {
      return FieldErrors.NONE;
    }
    for (JsonNode owner : object.metadata().path("ownerReferences")) {
      if (owner.path("kind").asText().equals(kind) && owner.path("name").asText().equals(name)) {
        return FieldErrors.NONE;
      }
    }
    return FieldErrors.missing(label).via("labels");
  }

  private static boolean isOwned(KubeObject object) {
    return !object.metadata().path("ownerReferences").isEmpty();
  }
}
