/** A Kubernetes API with real semantics, in memory, over HTTPS and in process. */
@NullMarked
package dev.salver.sandbox.api;

import org.jspecify.annotations.NullMarked;
