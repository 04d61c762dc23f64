/** Policies: what they read, whether they hold, and what of them a cluster can enforce. */
@NullMarked
package dev.salver.compiler.policy;

import org.jspecify.annotations.NullMarked;
