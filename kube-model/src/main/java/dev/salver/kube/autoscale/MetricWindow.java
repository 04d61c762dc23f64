package dev.salver.kube.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Values of the last so many seconds, one bucket a second; values of the same second add up
 * (Knative Serving, autoscaler's bucketing).
 */
public final class MetricWindow {
  /** How the buckets make one number. */
  public enum Aggregation {
    /** The mean over the seconds since the first value, at most the window. */
    LINEAR,
    /** Newer seconds count for more, geometrically. */
    WEIGHTED_EXPONENTIAL
  }

  private static final double WEIGHT_PRECISION = 0.9999;
  private static final double MIN_SMOOTHING = 0.2;
  private static final double DIGITS = 1e6;
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final double[] buckets;
  private final Aggregation aggregation;
  private final double smoothing;
  private long firstWrite = NEVER;
  private long lastWrite = NEVER;
  private double total;

  /** A window of whole seconds. */
  public MetricWindow(Duration window, Aggregation aggregation) {
    int seconds = (int) Math.max(1, window.toSeconds());
    this.buckets = new double[seconds];
    this.aggregation = aggregation;
    this.smoothing =
        seconds == 1
            ? 1
            : Math.max(1 - Math.pow(1 - WEIGHT_PRECISION, 1.0 / seconds), MIN_SMOOTHING);
  }

  /** Adds a value; one that is older than the window is left out. */
  public void record(Instant now, double value) {
    long second = now.getEpochSecond();
    if (second != lastWrite) {
      if (second + buckets.length <= lastWrite) {
        return;
      }
      if (firstWrite == NEVER || second < firstWrite) {
        firstWrite = second;
      }
      if (second > lastWrite) {
        advance(second);
      }
    }
    buckets[index(second)] += value;
    total += value;
  }

  /** Whether nothing was recorded for longer than the window. */
  public boolean isEmpty(Instant now) {
    return now.getEpochSecond() - lastWrite > buckets.length;
  }

  /** The window's one number, to six decimals where it is a mean. */
  public double average(Instant now) {
    return switch (aggregation) {
      case LINEAR -> mean(now.getEpochSecond());
      case WEIGHTED_EXPONENTIAL -> weighted(now);
    };
  }

  private void advance(long second) {
    if (second - lastWrite >= buckets.length) {
      firstWrite = second;
      total = 0;
      Arrays.fill(buckets, 0);
    } else {
      for (long each = lastWrite + 1; each <= second; each++) {
        total -= buckets[index(each)];
        buckets[index(each)] = 0;
      }
    }
    lastWrite = second;
  }

  private double mean(long now) {
    long silence = now - lastWrite;
    long written = lastWrite - firstWrite + 1;
    if (silence <= 0) {
      return rounded(total / Math.min(written, buckets.length));
    }
    if (silence >= buckets.length) {
      return 0;
    }
    double left = total;
    for (long each = lastWrite + 1; each <= now; each++) {
      left -= buckets[index(each)];
    }
    return rounded(left / Math.min(written, buckets.length - silence));
  }

  private double weighted(Instant now) {
    if (isEmpty(now)) {
      return 0;
    }
    int count = buckets.length;
    double weight = smoothing;
    long silence = now.getEpochSecond() - lastWrite;
    if (silence > 0) {
      count -= (int) silence;
      weight *= Math.pow(1 - smoothing, (double) silence);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += buckets[index(lastWrite - i)] * weight;
      weight *= 1 - smoothing;
    }
    return sum;
  }

  private int index(long second) {
    return Math.floorMod(second, buckets.length);
  }

  private static double rounded(double value) {
    return Math.round(value * DIGITS) / DIGITS;
  }
}
