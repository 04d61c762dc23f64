package dev.salver.server.http;

import dev.salver.server.batch.InferencePool;
import dev.salver.server.codec.Codec;
import dev.salver.server.tensor.ModelSpec;

/** A model that takes requests. */
public record Served(
    String version, String platform, ModelSpec spec, Codec v1, Codec v2, InferencePool pool) {}
