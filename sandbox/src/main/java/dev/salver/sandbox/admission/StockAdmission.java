package dev.salver.sandbox.admission;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.defaults.KubernetesDefaults;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.kserve.Defaulting;
import dev.salver.kube.kserve.RuntimeAdmission;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.kserve.ServingRuntime;
import dev.salver.sandbox.api.Admission;
import dev.salver.sandbox.api.Admission.Review;
import dev.salver.sandbox.api.Admission.Verdict;
import dev.salver.sandbox.controllers.knative.KnativeHook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a stock cluster does to objects before it stores them. */
public final class StockAdmission {
  private StockAdmission() {}

  /**
   * Kubernetes' defaults, KServe's webhook, Knative's webhook, in this order.
   *
   * @param user whom Knative names as creator
   */
  public static Admission of(KnativeFeatures features, String user) {
    return Admission.of(
        review -> new Verdict.Admitted(KubernetesDefaults.apply(review.object())),
        StockAdmission::kserve,
        new KnativeHook(features, user));
  }

  private static Verdict kserve(Review review) {
    KubeObject object = review.object();
    if (object.gvk().group().equals("serving.kserve.io")
        && object.kind().endsWith("ServingRuntime")) {
      // A hook sees no other objects, so priorities are compared when a runtime is chosen.
      List<ServingRuntime> stored = review.old().map(ServingRuntime::new).stream().toList();
      return verdict(RuntimeAdmission.refusal(new ServingRuntime(object), stored), object);
    }
    if (!object.gvk().equals(ResourceTypes.INFERENCE_SERVICE.gvk())) {
      return new Verdict.Admitted(object);
    }
    KubeObject defaulted = Defaulting.apply(object, ServingConfig.DEFAULT);
    return verdict(
        review
            .old()
            .map(old -> dev.salver.kube.kserve.Admission.refusal(old, defaulted))
            .orElseGet(() -> dev.salver.kube.kserve.Admission.refusal(defaulted)),
        defaulted);
  }

  private static Verdict verdict(Optional<String> refusal, KubeObject admitted) {
    String webhook =
        "admission webhook \""
            + admitted.kind().toLowerCase(Locale.ROOT)
            + ".kserve-webhook-server.validator\" denied the request: ";
    return refusal
        .<Verdict>map(message -> new Verdict.Refused(403, "Forbidden", webhook + message))
        .orElseGet(() -> new Verdict.Admitted(admitted));
  }
}
