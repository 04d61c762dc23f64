/** Knative Serving's names, defaulting and admission as pure functions over objects. */
@NullMarked
package dev.salver.kube.knative;

import org.jspecify.annotations.NullMarked;
