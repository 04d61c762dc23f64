package dev.salver.compiler.graph;

import dev.salver.compiler.check.Settings;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Signature;
import java.util.OptionalLong;

/**
 * A graph in an environment, checked: every name resolved, every call's inputs bound, templates
 * expanded.
 *
 * @param body its last step's value is the graph's output
 * @param timeoutMillis of the whole, where it is set
 * @param settings what {@code with { }} and the environment's layers say
 */
public record GraphPlan(
    String name,
    Span declared,
    Signature signature,
    Body body,
    OptionalLong timeoutMillis,
    Settings settings) {}
