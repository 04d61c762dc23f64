/** Merging object trees as Kubernetes does. */
@NullMarked
package dev.salver.kube.merge;

import org.jspecify.annotations.NullMarked;
