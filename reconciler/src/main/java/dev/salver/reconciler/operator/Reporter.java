package dev.salver.reconciler.operator;

import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.apply.Outcome;
import dev.salver.reconciler.operator.OperatorStatus.ObjectStatus;
import dev.salver.reconciler.source.Problem;
import dev.salver.reconciler.source.Snapshot;
import java.time.Duration;
import java.util.List;

/** Turns what the loops do into status and happenings. */
final class Reporter {
  private final OperatorListener listener;
  private volatile OperatorStatus status = OperatorStatus.NEW;

  Reporter(OperatorListener listener) {
    this.listener = listener;
  }

  OperatorStatus status() {
    return status;
  }

  synchronized void progress(
      String seen,
      String read,
      String applied,
      List<ObjectStatus> objects,
      List<Problem> problems) {
    status =
        new OperatorStatus(
            seen, read, applied, List.copyOf(objects), List.copyOf(problems), status.serving());
  }

  void taken(Snapshot snapshot) {
    listener.on(new Happening.CommitTaken(snapshot.commit(), snapshot.manifests().size()));
  }

  void refused(String commit, List<Problem> problems) {
    listener.on(new Happening.CommitRefused(commit, problems));
  }

  void applied(String commit) {
    listener.on(new Happening.CommitApplied(commit));
  }

  void changed(Outcome outcome) {
    listener.on(new Happening.ObjectChanged(outcome));
  }

  void child(ObjectKey service, ObjectKey child, boolean deleted) {
    listener.on(new Happening.ChildChanged(service, child, deleted));
  }

  void retrying(String what, Exception why, Duration in) {
    String message = why.getMessage() == null ? why.toString() : why.getMessage();
    listener.on(new Happening.Retrying(what, message, in));
  }

  void watchFailed(String why, Duration in) {
    listener.on(new Happening.Retrying("watching the cluster", why, in));
  }

  /** Says it once per change. */
  void serving(String why) {
    synchronized (this) {
      if (status.serving().equals(why)) {
        return;
      }
      status =
          new OperatorStatus(
              status.commitSeen(),
              status.commitRead(),
              status.commitApplied(),
              status.objects(),
              status.problems(),
              why);
    }
    listener.on(new Happening.ServingSwitched(why));
  }
}
