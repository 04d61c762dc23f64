/** Lexer and parser of the Serve language; only the compiler's syntax phase uses it. */
@NullMarked
package dev.salver.dsl;

import org.jspecify.annotations.NullMarked;
