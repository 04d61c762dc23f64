package dev.salver.sandbox.admission;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.defaults.KubernetesDefaults;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.kserve.Defaulting;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.sandbox.api.Admission;
import dev.salver.sandbox.api.Admission.Review;
import dev.salver.sandbox.api.Admission.Verdict;
import dev.salver.sandbox.controllers.knative.KnativeHook;
import java.util.Optional;

/** What a stock cluster does to objects before it stores them. */
public final class StockAdmission {
  private static final String REFUSED_BY =
      "admission webhook \"inferenceservice.kserve-webhook-server.validator\" denied the request: ";

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
    if (!review.object().gvk().equals(ResourceTypes.INFERENCE_SERVICE.gvk())) {
      return new Verdict.Admitted(review.object());
    }
    KubeObject defaulted = Defaulting.apply(review.object(), ServingConfig.DEFAULT);
    Optional<String> refusal =
        dev.salver.kube.kserve.Admission.refusal(defaulted)
            .or(
                () ->
                    review
                        .old()
                        .flatMap(old -> dev.salver.kube.kserve.Admission.refusal(old, defaulted)));
    return refusal
        .<Verdict>map(message -> new Verdict.Refused(403, "Forbidden", REFUSED_BY + message))
        .orElseGet(() -> new Verdict.Admitted(defaulted));
  }
}
