package dev.salver.reconciler.plan;

import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.source.Manifest;

/** One step towards what Git wants. */
public sealed interface Action {
  ObjectKey key();

  /** The object is not there. */
  record Create(Manifest manifest) implements Action {
    @Override
    public ObjectKey key() {
      return manifest.key();
    }
  }

  /**
   * The object is there and differs.
   *
   * @param ours whether it is the object that was applied before: what others changed in it since
   *     is taken back; in an object that others made, their fields are left alone
   */
  record Change(Manifest manifest, Cause cause, boolean ours) implements Action {
    @Override
    public ObjectKey key() {
      return manifest.key();
    }
  }

  /** The inventory has it, Git has it no more. */
  record Prune(Entry entry) implements Action {
    @Override
    public ObjectKey key() {
      return entry.key();
    }
  }

  /** Nothing to do; or nothing that can be done yet, and why. */
  record None(ObjectKey key, String waitsFor) implements Action {}

  /** Why an object is applied that is there. */
  enum Cause {
    /** It was never applied, or it is not known whether the last write arrived. */
    UNCERTAIN,
    /** Git has another version of it. */
    GIT,
    /** Somebody changed a value that Git sets. */
    DRIFT,
    /** Somebody deleted it and made another of the same name. */
    REPLACED
  }
}
