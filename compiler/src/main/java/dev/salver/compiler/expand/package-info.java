/** Loops, families, imports and templates: what later phases see is plain declarations. */
@NullMarked
package dev.salver.compiler.expand;

import org.jspecify.annotations.NullMarked;
