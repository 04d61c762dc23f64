package dev.salver.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The limit of the model: ONNX Runtime in process, one thread, one kept input tensor, nothing
 * around it. Prints CPU nanoseconds per run, one line a round.
 */
final class RawInference {
  private static final int WARM_UP = 50_000;
  private static final int RUNS = 100_000;

  /** Arguments: the model, the input's name, the number of rounds. The row is {@code [1, 4]}. */
  public static void main(String[] args) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      try (OrtSession session = environment.createSession(args[0], options);
          OnnxTensor row = OnnxTensor.createTensor(environment, row(), new long[] {1, 4})) {
        Map<String, OnnxTensor> input = Map.of(args[1], row);
        run(session, input, WARM_UP);
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
          System.out.println(run(session, input, RUNS) / RUNS);
        }
      }
    }
  }

  private static long run(OrtSession session, Map<String, OnnxTensor> input, int times)
      throws OrtException {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      session.run(input).close();
    }
    return threads.getCurrentThreadCpuTime() - before;
  }

  private static FloatBuffer row() {
    FloatBuffer row =
        ByteBuffer.allocateDirect(4 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return row.put(new float[] {6.2f, 2.8f, 4.8f, 1.8f}).flip();
  }
}
