/** Deployments, ReplicaSets and their Pods; an autoscaler that only clamps. */
@NullMarked
package dev.salver.sandbox.controllers.workloads;

import org.jspecify.annotations.NullMarked;
