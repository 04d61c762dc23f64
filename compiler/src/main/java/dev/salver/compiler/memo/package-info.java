/** What was worked out before, for as long as what it was worked out of stays the same. */
@NullMarked
package dev.salver.compiler.memo;

import org.jspecify.annotations.NullMarked;
