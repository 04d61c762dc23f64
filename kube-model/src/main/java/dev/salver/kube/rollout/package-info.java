/** The resource Rollout: how traffic moves to a new revision, and what must hold meanwhile. */
@NullMarked
package dev.salver.kube.rollout;

import org.jspecify.annotations.NullMarked;
