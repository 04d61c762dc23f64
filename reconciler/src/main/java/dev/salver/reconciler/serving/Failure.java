package dev.salver.reconciler.serving;

import java.util.Optional;

/**
 * Why a service cannot be rendered; what ran before goes on running.
 *
 * @param reason a word for the condition
 * @param message what is wrong and what to do, for the condition
 * @param event as KServe words it
 * @param model where the model's own status says so too
 */
record Failure(String reason, String message, String event, Optional<OfModel> model) {
  /** An entry of {@code modelStatus.lastFailureInfo}. */
  record OfModel(String reason, String message) {}

  static Failure of(String reason, String message) {
    return new Failure(reason, message, message, Optional.empty());
  }

  static Failure ofSpec(String message) {
    return ofSpec(message, "");
  }

  /**
   * {@code detail} goes to the condition and the event; the model's status has the message alone.
   */
  static Failure ofSpec(String message, String detail) {
    String whole = detail.isEmpty() ? message : message + ": " + detail;
    return new Failure(
        "InvalidPredictorSpec",
        whole,
        whole,
        Optional.of(new OfModel("InvalidPredictorSpec", message)));
  }
}
