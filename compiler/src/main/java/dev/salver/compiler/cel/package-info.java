/** Expressions of the language as CEL: checked, run when compiling, written for a cluster. */
@NullMarked
package dev.salver.compiler.cel;

import org.jspecify.annotations.NullMarked;
