/** Values of expressions: quantities with their dimension, ranges, counts, strings. */
@NullMarked
package dev.salver.compiler.value;

import org.jspecify.annotations.NullMarked;
