/** Settings that exist, of the right type and in range, and what a mode can carry. */
@NullMarked
package dev.salver.compiler.check;

import org.jspecify.annotations.NullMarked;
