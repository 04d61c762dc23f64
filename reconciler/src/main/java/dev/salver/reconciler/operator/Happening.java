package dev.salver.reconciler.operator;

import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.apply.Outcome;
import dev.salver.reconciler.source.Problem;
import java.time.Duration;
import java.util.List;

/** Something worth a line in a log. */
public sealed interface Happening {
  /** A new commit is sound and will be applied. */
  record CommitTaken(String commit, int objects) implements Happening {}

  /** A new commit is not applied; the one before stays. */
  record CommitRefused(String commit, List<Problem> problems) implements Happening {}

  /** Every object of a commit is in the cluster. */
  record CommitApplied(String commit) implements Happening {}

  /** An object from Git is in a new state. */
  record ObjectChanged(Outcome outcome) implements Happening {}

  /** A child of an InferenceService was applied or deleted. */
  record ChildChanged(ObjectKey service, ObjectKey child, boolean deleted) implements Happening {}

  /** Something failed and is tried again. */
  record Retrying(String what, String why, Duration in) implements Happening {}

  /** Rendering of InferenceServices started or stopped; {@code why} is empty where it started. */
  record ServingSwitched(String why) implements Happening {}
}
