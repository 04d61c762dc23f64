/** The loop behind {@code salver up}: sources to Git to a cluster on this machine, and again. */
@NullMarked
package dev.salver.cli.up;

import org.jspecify.annotations.NullMarked;
