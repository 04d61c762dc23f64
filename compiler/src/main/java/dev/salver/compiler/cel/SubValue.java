package dev.salver.compiler.cel;

import dev.salver.compiler.source.Span;

/**
 * What a part of an expression was worth.
 *
 * @param span the part
 * @param at offset in the file where its value belongs: of an operator, of a path's first word
 * @param shown the value in the form of the language, at most {@value Shown#MAX} characters
 * @param isRead whether the part reads a value, rather than working with others
 */
public record SubValue(Span span, int at, String shown, boolean isRead) {}
