package dev.salver.compiler.check;

/**
 * A custom server beside a model's own: its transformer or its explainer.
 *
 * @param settings those of its section alone
 * @param cpu requests and limits
 * @param memory requests and limits
 * @param isCollocated whether it shares the predictor's pod, so that its scaling says nothing
 */
public record ComponentPlan(
    Settings settings, Scaling scaling, Ends cpu, Ends memory, boolean isCollocated) {}
