package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What defaults, changes or refuses an object before it is stored: the place of webhooks and of the
 * API server's own defaulting. Hooks run in order, each on the result of the one before; they must
 * be pure.
 */
public record Admission(List<Hook> hooks) {
  public static final Admission NONE = new Admission(List.of());

  public Admission {
    hooks = List.copyOf(hooks);
  }

  public static Admission of(Hook... hooks) {
    return new Admission(List.of(hooks));
  }

  /** One step. */
  @FunctionalInterface
  public interface Hook {
    Verdict review(Review review);

    /** Rewrites objects of a kind; the function gets a tree of its own to change. */
    static Hook rewriting(Predicate<Gvk> kinds, UnaryOperator<ObjectNode> rewrite) {
      return review ->
          kinds.test(review.object().gvk())
              ? new Verdict.Admitted(
                  new KubeObject(rewrite.apply(review.object().tree().deepCopy())))
              : new Verdict.Admitted(review.object());
    }

    /** Refuses objects of a kind with 422 Invalid where the function finds something wrong. */
    static Hook validating(
        Predicate<Gvk> kinds, Function<KubeObject, Optional<String>> whatIsWrong) {
      return review ->
          (kinds.test(review.object().gvk())
                  ? whatIsWrong.apply(review.object())
                  : Optional.<String>empty())
              .<Verdict>map(message -> new Verdict.Refused(422, "Invalid", message))
              .orElseGet(() -> new Verdict.Admitted(review.object()));
    }
  }

  /**
   * A write under way. Writes of the status subresource and deletions are not reviewed.
   *
   * @param old what is stored now; empty for a new object
   */
  public record Review(KubeObject object, Optional<KubeObject> old, String fieldManager) {}

  /** What a hook says. */
  public sealed interface Verdict {
    record Admitted(KubeObject object) implements Verdict {}

    /** Becomes the Status that the client gets. */
    record Refused(int code, String reason, String message) implements Verdict {}
  }

  /** Runs all hooks. */
  KubeObject admit(KubeObject object, Optional<KubeObject> old, String fieldManager) {
    KubeObject current = object;
    for (Hook hook : hooks) {
      current =
          switch (hook.review(new Review(current, old, fieldManager))) {
            case Verdict.Admitted admitted -> admitted.object();
            case Verdict.Refused(int code, String reason, String message) ->
                throw new ApiException(code, reason, message);
          };
    }
    return current;
  }
}
