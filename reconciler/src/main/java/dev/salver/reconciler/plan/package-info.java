/** What to do so that the cluster is as Git says: pure, from three snapshots to ordered actions. */
@NullMarked
package dev.salver.reconciler.plan;

import org.jspecify.annotations.NullMarked;
