/**
 * From text to a lossless, error-tolerant tree; the only package that knows the parser generator.
 */
@NullMarked
package dev.salver.compiler.syntax;

import org.jspecify.annotations.NullMarked;
