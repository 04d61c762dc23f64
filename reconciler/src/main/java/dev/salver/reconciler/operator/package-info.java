/** The shell: watches, one queue per concern, and the order in which things happen. */
@NullMarked
package dev.salver.reconciler.operator;

import org.jspecify.annotations.NullMarked;
