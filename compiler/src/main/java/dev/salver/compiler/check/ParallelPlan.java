package dev.salver.compiler.check;

/**
 * How one model is spread over accelerators.
 *
 * @param tensor accelerators that share each layer
 * @param pipeline groups of layers, one after the other
 * @param nodes machines that one replica needs
 */
public record ParallelPlan(long tensor, long pipeline, long nodes) {}
