/** Bare Git repositories as a store of manifests: trees in, trees out, never a checkout. */
@NullMarked
package dev.salver.git;

import org.jspecify.annotations.NullMarked;
