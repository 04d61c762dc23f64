package dev.salver.sandbox.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A set of pods that requests go to, as the objects describe it now.
 *
 * @param concurrency requests that a pod takes at a time; 0 for any number
 * @param timeout empty for the gateway's own
 * @param failure why none will come; a message for people
 * @param pods ready, and not being deleted
 * @param grpc whether the pods speak HTTP/2 without TLS only
 */
record Backend(
    Ref ref,
    int concurrency,
    Optional<Duration> timeout,
    Optional<String> failure,
    boolean grpc,
    List<Address> pods) {
  /** Which backend. */
  sealed interface Ref {
    String namespace();

    String name();

    record Revision(String namespace, String name) implements Ref {}

    /** A port of a Service; 0 for its first. */
    record Service(String namespace, String name, int port) implements Ref {}
  }

  /** Where a pod listens on loopback. */
  record Address(String uid, String pod, int port) {}

  boolean wakes() {
    return ref instanceof Ref.Revision;
  }
}
