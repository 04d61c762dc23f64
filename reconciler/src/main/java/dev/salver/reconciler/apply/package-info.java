/** Carries plans out: the inventory first, then the writes, so that a crash leaks nothing. */
@NullMarked
package dev.salver.reconciler.apply;

import org.jspecify.annotations.NullMarked;
