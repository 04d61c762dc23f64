package dev.salver.compiler;

import dev.salver.compiler.source.Span;
import java.util.Optional;

/**
 * What a program serves in an environment.
 *
 * @param name of the InferenceService
 * @param kind of declaration: a model or a graph
 * @param mode {@code knative} or {@code standard}
 * @param declaration where the name is declared
 * @param wire {@code v1}, {@code v2}, {@code grpc-v1} or {@code grpc-v2}
 * @param format of the artifact; empty for a server of one's own
 */
public record Service(
    String name,
    String kind,
    String mode,
    Span declaration,
    String wire,
    Optional<String> format) {}
