/** The webhooks and defaults that a cluster with KServe and Knative has. */
@NullMarked
package dev.salver.sandbox.admission;

import org.jspecify.annotations.NullMarked;
