/**
 * The one way to write a program down: from a parsed file to its text, comments and meaning kept.
 */
@NullMarked
package dev.salver.compiler.format;

import org.jspecify.annotations.NullMarked;
