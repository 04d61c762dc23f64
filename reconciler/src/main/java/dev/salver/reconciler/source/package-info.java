/** From a Git branch to objects: fetched, checked as a whole, each with its file and line. */
@NullMarked
package dev.salver.reconciler.source;

import org.jspecify.annotations.NullMarked;
