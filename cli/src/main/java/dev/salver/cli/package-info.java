/** The command {@code salver}: arguments in, exit codes out. Nothing else decides here. */
@NullMarked
package dev.salver.cli;

import org.jspecify.annotations.NullMarked;
