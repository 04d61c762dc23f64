package dev.salver.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Durations by upper bound. Striped: observing takes no lock and makes no garbage. */
final class Histogram {
  /** Seconds; the Python client's, which KServe's servers use, with finer ones below. */
  private static final double[] BOUNDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75,
    1, 2.5, 5, 7.5, 10
  };

  private static final long[] NANOS = new long[BOUNDS.length];

  static {
    for (int i = 0; i < BOUNDS.length; i++) {
      NANOS[i] = Math.round(BOUNDS[i] * 1e9);
    }
  }

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder sum = new LongAdder();

  Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void observe(long nanos) {
    int i = 0;
    while (i < NANOS.length && nanos > NANOS[i]) {
      i++;
    }
    counts[i].increment();
    sum.add(nanos);
  }

  void write(StringBuilder out, String name, String help, String labels) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(" histogram\n");
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i].sum();
      out.append(name).append("_bucket{").append(labels).append(",le=\"");
      out.append(i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf");
      out.append("\"} ").append(total).append('\n');
    }
    out.append(name).append("_sum{").append(labels).append("} ").append(sum.sum() / 1e9);
    out.append('\n');
    out.append(name).append("_count{").append(labels).append("} ").append(total).append('\n');
  }
}
