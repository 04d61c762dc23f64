/** What the server counts, and Prometheus' text about it. */
@NullMarked
package dev.salver.server.metrics;

import org.jspecify.annotations.NullMarked;
