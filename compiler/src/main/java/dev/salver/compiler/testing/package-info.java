/** Tests that stand in programs: checked with them, run against models that are handed in. */
@NullMarked
package dev.salver.compiler.testing;

import org.jspecify.annotations.NullMarked;
