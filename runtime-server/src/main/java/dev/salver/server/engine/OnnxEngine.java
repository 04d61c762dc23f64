package dev.salver.server.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.salver.artifacts.signature.Inspection;
import dev.salver.artifacts.signature.OnnxReader;
import dev.salver.artifacts.signature.Signature;
import dev.salver.server.tensor.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * ONNX Runtime through its Java binding. One session serves all threads; each run keeps to the
 * thread that calls it (no pool of its own, no spinning), because requests are what runs side by
 * side here.
 */
public final class OnnxEngine implements Engine {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelSpec model;

  private OnnxEngine(OrtEnvironment environment, OrtSession session, ModelSpec model) {
    this.environment = environment;
    this.session = session;
    this.model = model;
  }

  /** An engine, or why the file can't be served. */
  public sealed interface Loaded {
    record Ok(Engine engine) implements Loaded {}

    record Failed(String reason) implements Loaded {}
  }

  /** Loads the native libraries, which takes longest; worth doing while something else goes on. */
  public static void prepare() {
    if (CommandLine.tooLong().isEmpty()) {
      environment();
    }
  }

  /** Loads a model from its file, and the files of external weights beside it. */
  public static Loaded load(Path file) {
    Optional<String> unsafe = CommandLine.tooLong();
    if (unsafe.isPresent()) {
      return new Loaded.Failed(unsafe.get());
    }
    try {
      return switch (OnnxReader.read(file)) {
        case Inspection.Known known -> load(file, known.signature().orElseThrow());
        case Inspection.Unknown(String reason) -> notOnnx(file, reason);
        case Inspection.Refused(String reason, String name, long offset) ->
            notOnnx(file, reason + " (at byte " + offset + ")");
      };
    } catch (IOException e) {
      return new Loaded.Failed("can't read " + file.getFileName() + ": " + e.getMessage());
    }
  }

  private static Loaded notOnnx(Path file, String reason) {
    return new Loaded.Failed(file.getFileName() + " is not an ONNX model: " + reason);
  }

  private static Loaded load(Path file, Signature signature) {
    ModelSpec model;
    try {
      model = OnnxSpecs.of(signature);
    } catch (OnnxSpecs.Unservable e) {
      return new Loaded.Failed(file.getFileName() + " can't be served: " + e.getMessage());
    }
    OrtEnvironment environment = environment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      OrtSession session = environment.createSession(file.toString(), options);
      return new Loaded.Ok(new OnnxEngine(environment, session, model));
    } catch (OrtException e) {
      return new Loaded.Failed(
          "ONNX Runtime can't load " + file.getFileName() + ": " + OrtMessages.of(e));
    }
  }

  @Override
  public ModelSpec model() {
    return model;
  }

  @Override
  public String platform() {
    return "onnx_onnxv1";
  }

  @Override
  public Runner runner() {
    try {
      return new OnnxRunner(environment, session, model);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "salver");
  }
}
