/** Between codec and engine: what runs together, on which thread, within which bounds. */
@NullMarked
package dev.salver.server.batch;

import org.jspecify.annotations.NullMarked;
