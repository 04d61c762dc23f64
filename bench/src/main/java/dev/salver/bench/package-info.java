/** Side-by-side runs: Salver beside a peer or a limit, measured in one run, printed as ratios. */
@NullMarked
package dev.salver.bench;

import org.jspecify.annotations.NullMarked;
