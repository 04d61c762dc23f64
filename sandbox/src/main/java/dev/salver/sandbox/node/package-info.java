/** A node that runs Pods as processes: start, probes, restart with back-off, kept logs. */
@NullMarked
package dev.salver.sandbox.node;

import org.jspecify.annotations.NullMarked;
