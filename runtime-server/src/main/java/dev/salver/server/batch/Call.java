package dev.salver.server.batch;

import dev.salver.server.codec.Codec;
import java.util.function.Consumer;

/**
 * One request on its way to the engine and back.
 *
 * @param deadline as {@link System#nanoTime}
 * @param gone whether the client has left, so that no answer is needed
 * @param reply gets exactly one answer, on an inference thread
 */
@SuppressWarnings("ArrayRecordComponent") // The body is handed on, never copied or compared.
public record Call(
    Codec codec,
    byte[] body,
    long arrived,
    long deadline,
    java.util.function.BooleanSupplier gone,
    Consumer<Answer> reply) {}
