package dev.salver.reconciler.operator;

import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.apply.Outcome;
import dev.salver.reconciler.source.Problem;
import java.util.List;

/**
 * How far the operator is.
 *
 * @param commitSeen newest commit of the branch that was fetched, empty before the first
 * @param commitRead newest commit that was sound; what is being applied
 * @param commitApplied newest commit of which every object is in the cluster as Git has it
 * @param objects every object that Git wants or wanted, in order
 * @param problems why {@code commitSeen} is not {@code commitApplied}, empty where all is well
 * @param serving what keeps InferenceServices from being rendered here, empty where nothing does
 */
public record OperatorStatus(
    String commitSeen,
    String commitRead,
    String commitApplied,
    List<ObjectStatus> objects,
    List<Problem> problems,
    String serving) {

  static final OperatorStatus NEW = new OperatorStatus("", "", "", List.of(), List.of(), "");

  /** One object, and where Git has it; the file is empty once Git has it no more. */
  public record ObjectStatus(
      ObjectKey key, String file, int line, Outcome.State state, String message) {}

  /** Whether the newest commit is in the cluster. */
  public boolean isSettled() {
    return problems.isEmpty() && !commitSeen.isEmpty() && commitSeen.equals(commitApplied);
  }
}
