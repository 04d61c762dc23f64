/**
 * Knative's pod autoscaler as pure functions: metric windows, the decision, bounds, and the way to
 * zero; the time is always passed in.
 */
@NullMarked
package dev.salver.kube.autoscale;

import org.jspecify.annotations.NullMarked;
