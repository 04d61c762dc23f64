package dev.salver.reconciler.plan;

import dev.salver.kube.ObjectKey;

/**
 * What the inventory knows of one object that was, or is about to be, applied from Git.
 *
 * @param uid empty until the object was seen
 * @param digest of the object as Git has it, once it is applied
 * @param owned digest of the values that we own in the object as the server stores it
 */
public record Entry(ObjectKey key, String uid, String digest, String owned, State state) {
  /** How far it came. */
  public enum State {
    /** Written down before the first write; the write may or may not have happened. */
    INTENDED,
    /** The cluster has it as {@code digest} says. */
    APPLIED,
    /** Git has it no more; it is being deleted. */
    DELETING
  }

  /** The entry before a write. */
  public static Entry intended(ObjectKey key, String uid) {
    return new Entry(key, uid, "", "", State.INTENDED);
  }

  public Entry deleting() {
    return new Entry(key, uid, digest, owned, State.DELETING);
  }
}
