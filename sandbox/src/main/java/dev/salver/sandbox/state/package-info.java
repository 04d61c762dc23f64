/** A folder that outlives the process: its lock, and an append log with checksums and snapshots. */
@NullMarked
package dev.salver.sandbox.state;

import org.jspecify.annotations.NullMarked;
