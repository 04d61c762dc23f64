/** From Kubernetes objects to files, the same bytes on every run. */
@NullMarked
package dev.salver.compiler.emit;

import org.jspecify.annotations.NullMarked;
