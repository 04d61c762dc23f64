package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Span;

/** One replacement of a fix; an empty span inserts, an empty text deletes. */
public record Edit(Span span, String text) {}
