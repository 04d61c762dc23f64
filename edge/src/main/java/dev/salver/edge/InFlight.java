package dev.salver.edge;

/**
 * Counts requests under way, and their mean over time: the integral of the number under way by the
 * time that passed, as Knative's queue reports it.
 */
public final class InFlight {
  private int now;
  private long arrived;
  private long changedAt;
  private long takenAt;
  private double area;

  /** Begins to count at a time in nanoseconds. */
  public InFlight(long nanos) {
    changedAt = nanos;
    takenAt = nanos;
  }

  public synchronized void begin(long nanos) {
    advance(nanos);
    now++;
    arrived++;
  }

  public synchronized void end(long nanos) {
    advance(nanos);
    now--;
  }

  public synchronized int now() {
    return now;
  }

  /** What happened since the last call. */
  public synchronized Mean take(long nanos) {
    advance(nanos);
    long passed = nanos - takenAt;
    var mean = new Mean(passed <= 0 ? now : area / passed, arrived, passed / 1e9);
    area = 0;
    arrived = 0;
    takenAt = changedAt;
    return mean;
  }

  private void advance(long nanos) {
    if (nanos > changedAt) {
      area += (double) now * (nanos - changedAt);
      changedAt = nanos;
    }
  }

  /**
   * A stretch of time.
   *
   * @param concurrency requests under way, in the mean
   * @param requests that arrived
   */
  public record Mean(double concurrency, long requests, double seconds) {}
}
