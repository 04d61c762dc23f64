package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Span;

/** Another place that has to do with a diagnostic. */
public record Related(Span span, String message) {}
