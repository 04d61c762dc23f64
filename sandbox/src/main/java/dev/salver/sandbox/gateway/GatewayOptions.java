package dev.salver.sandbox.gateway;

import java.time.Duration;

/**
 * How the gateway listens and what it puts up with.
 *
 * @param port 0 for any free one
 * @param maxBody bytes of a request body; more is 413
 * @param replay bytes of a request body that are kept, so that the request can be sent again to
 *     another pod
 * @param maxWaiting requests that wait for a pod, per revision or service; more are 503
 * @param maxWaitingBytes bytes of the bodies that they hold
 * @param wake how long a request waits for the first pod of a revision
 * @param gap how long a request waits for a pod of a service that has none, which is a restart
 * @param timeout of a request where nothing else says one
 * @param forwardProxy whether proxy requests for names that are none of the cluster's go on to the
 *     network, so that children with {@code http_proxy} can fetch from outside
 */
public record GatewayOptions(
    int port,
    long maxBody,
    int replay,
    int maxWaiting,
    long maxWaitingBytes,
    Duration wake,
    Duration gap,
    Duration timeout,
    boolean forwardProxy) {
  public static GatewayOptions of(int port) {
    return new GatewayOptions(
        port,
        64L << 20,
        1 << 20,
        10_000,
        256L << 20,
        Duration.ofMinutes(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(300),
        true);
  }

  public GatewayOptions withMaxBody(long bytes) {
    return new GatewayOptions(
        port, bytes, replay, maxWaiting, maxWaitingBytes, wake, gap, timeout, forwardProxy);
  }

  public GatewayOptions withWaiting(int requests, Duration forRevisions, Duration forServices) {
    return new GatewayOptions(
        port,
        maxBody,
        replay,
        requests,
        maxWaitingBytes,
        forRevisions,
        forServices,
        timeout,
        forwardProxy);
  }
}
