/** Scales Knative revisions by what the gateway counts, down to zero and up from it. */
@NullMarked
package dev.salver.sandbox.autoscale;

import org.jspecify.annotations.NullMarked;
