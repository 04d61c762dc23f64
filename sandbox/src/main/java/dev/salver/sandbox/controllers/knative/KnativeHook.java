package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.knative.KnativeAdmission;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.sandbox.api.Admission;

/**
 * Knative's webhook as a step of the API's admission.
 *
 * @param user whom the creator and modifier annotations name
 */
public record KnativeHook(KnativeFeatures features, String user) implements Admission.Hook {
  @Override
  public Admission.Verdict review(Admission.Review review) {
    return switch (KnativeAdmission.admit(review.object(), review.old(), user, features)) {
      case KnativeAdmission.Admitted admitted -> new Admission.Verdict.Admitted(admitted.object());
      case KnativeAdmission.Denied denied ->
          new Admission.Verdict.Refused(400, "BadRequest", denied.message());
    };
  }
}
