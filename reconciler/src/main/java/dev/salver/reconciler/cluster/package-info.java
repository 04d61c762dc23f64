/** The port to a Kubernetes cluster, and its fabric8 adapter. No fabric8 type leaves here. */
@NullMarked
package dev.salver.reconciler.cluster;

import org.jspecify.annotations.NullMarked;
