/** One port in front of every service: routes, splits, buffers until a pod is ready, counts. */
@NullMarked
package dev.salver.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
