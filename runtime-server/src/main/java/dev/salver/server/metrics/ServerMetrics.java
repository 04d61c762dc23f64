package dev.salver.server.metrics;

import dev.salver.server.batch.Timings;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * The model server's numbers. {@code request_preprocess_seconds}, {@code request_predict_seconds}
 * and {@code request_postprocess_seconds} are named and labelled as KServe's servers do (KServe
 * v0.20); the rest is Salver's own.
 */
public final class ServerMetrics implements Timings {
  private static final int CODES = 600;

  private final String model;
  private final double started = System.currentTimeMillis() / 1000.0;
  private final Histogram queue = new Histogram();
  private final Histogram preprocess = new Histogram();
  private final Histogram predict = new Histogram();
  private final Histogram postprocess = new Histogram();
  private final AtomicReferenceArray<LongAdder> v1 = new AtomicReferenceArray<>(CODES);
  private final AtomicReferenceArray<LongAdder> v2 = new AtomicReferenceArray<>(CODES);
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();

  public ServerMetrics(String model) {
    this.model = "model_name=\"" + escape(model) + "\"";
  }

  @Override
  public void queued(long nanos) {
    queue.observe(nanos);
  }

  @Override
  public void decoded(long nanos) {
    preprocess.observe(nanos);
  }

  @Override
  public void ran(long nanos) {
    predict.observe(nanos);
  }

  @Override
  public void encoded(long nanos) {
    postprocess.observe(nanos);
  }

  /** A request for an inference came. */
  public void begin() {
    begun.increment();
  }

  /** It was answered. */
  public void end(boolean isV2, int status) {
    ended.increment();
    AtomicReferenceArray<LongAdder> codes = isV2 ? v2 : v1;
    LongAdder adder = codes.get(status);
    if (adder == null) {
      codes.compareAndSet(status, null, new LongAdder());
      adder = codes.get(status);
    }
    adder.increment();
  }

  /** The text exposition format, version 0.0.4. */
  public String text(boolean ready, IntSupplier waiting) {
    var out = new StringBuilder(8192);
    preprocess.write(
        out, "request_preprocess_seconds", "Time to read a request into tensors.", model);
    predict.write(out, "request_predict_seconds", "Time of the model's run.", model);
    postprocess.write(
        out, "request_postprocess_seconds", "Time to write tensors into a response.", model);
    queue.write(out, "salver_queue_seconds", "Time that a request waited for a thread.", model);
    out.append("# HELP salver_requests_total Inference requests by protocol and status.\n");
    out.append("# TYPE salver_requests_total counter\n");
    codes(out, "v1", v1);
    codes(out, "v2", v2);
    gauge(
        out,
        "salver_requests_in_flight",
        "Inference requests under way.",
        Math.max(0, begun.sum() - ended.sum()));
    gauge(out, "salver_queue_length", "Requests that wait for a thread.", waiting.getAsInt());
    gauge(out, "salver_model_ready", "1 while the model takes requests.", ready ? 1 : 0);
    out.append("# HELP process_start_time_seconds Start of the process since the Unix epoch.\n");
    out.append("# TYPE process_start_time_seconds gauge\n");
    out.append("process_start_time_seconds ").append(started).append('\n');
    return out.toString();
  }

  private void codes(StringBuilder out, String protocol, AtomicReferenceArray<LongAdder> codes) {
    for (int status = 0; status < CODES; status++) {
      LongAdder adder = codes.get(status);
      if (adder != null) {
        out.append("salver_requests_total{").append(model).append(",protocol=\"");
        out.append(protocol).append("\",code=\"").append(status).append("\"} ");
        out.append(adder.sum()).append('\n');
      }
    }
  }

  private void gauge(StringBuilder out, String name, String help, long value) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(" gauge\n");
    out.append(name).append('{').append(model).append("} ").append(value).append('\n');
  }

  private static String escape(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
