package dev.salver.sandbox.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * How the node runs pods.
 *
 * @param folder where each pod gets a folder; emptied of what a killed predecessor left
 * @param gatewayUrl what children get as {@code http_proxy}; empty for none
 * @param firstProbe how often a probe is tried until its first success
 * @param backOff the delay before the first restart; it doubles up to {@code maxBackOff}
 * @param calm a container that ran this long starts with the first delay again
 * @param maxLog bytes of a container's log before it is rotated; one older part is kept
 * @param drainDelay how long a pod goes on between its deletion and SIGTERM, so that those who send
 *     it requests hear of it first
 * @param inFlight requests under way to a pod by uid, as the gateway counts them; SIGTERM waits for
 *     zero within the grace period
 */
public record NodeOptions(
    Path folder,
    String gatewayUrl,
    Duration firstProbe,
    Duration backOff,
    Duration maxBackOff,
    Duration calm,
    long maxLog,
    Duration drainDelay,
    ToIntFunction<String> inFlight) {
  public static NodeOptions of(Path folder, String gatewayUrl) {
    return new NodeOptions(
        folder.toAbsolutePath().normalize(),
        gatewayUrl,
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        10L << 20,
        Duration.ofMillis(200),
        uid -> 0);
  }

  public NodeOptions withInFlight(ToIntFunction<String> count) {
    return new NodeOptions(
        folder, gatewayUrl, firstProbe, backOff, maxBackOff, calm, maxLog, drainDelay, count);
  }

  public NodeOptions withMaxLog(long bytes) {
    return new NodeOptions(
        folder, gatewayUrl, firstProbe, backOff, maxBackOff, calm, bytes, drainDelay, inFlight);
  }

  public NodeOptions withBackOff(Duration first, Duration max, Duration newCalm) {
    return new NodeOptions(
        folder, gatewayUrl, firstProbe, first, max, newCalm, maxLog, drainDelay, inFlight);
  }
}
