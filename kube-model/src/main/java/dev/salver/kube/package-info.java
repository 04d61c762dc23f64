/** Kubernetes objects as trees, their keys and their types. The currency of every module. */
@NullMarked
package dev.salver.kube;

import org.jspecify.annotations.NullMarked;
