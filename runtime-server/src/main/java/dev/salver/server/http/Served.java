package dev.salver.server.http;

import dev.salver.server.batch.InferencePool;
import dev.salver.server.codec.Codec;
import dev.salver.server.engine.Engine;
import dev.salver.server.tensor.ModelSpec;
import java.time.Duration;

/** A model that takes requests. */
public record Served(
    String version,
    String platform,
    ModelSpec spec,
    Codec v1,
    Codec v2,
    InferencePool pool,
    Engine engine) {

  /** Frees the model, unless it can't be stopped. */
  public void close(Duration patience) {
    if (pool.stop(patience)) {
      engine.close();
    }
  }
}
