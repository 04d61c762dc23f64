/**
 * {@code salver lock}: what sources and imports are behind their names, and what of it to write.
 */
@NullMarked
package dev.salver.cli.lock;

import org.jspecify.annotations.NullMarked;
