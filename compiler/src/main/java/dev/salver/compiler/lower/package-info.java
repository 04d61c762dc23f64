/** From checked declarations to Kubernetes objects. */
@NullMarked
package dev.salver.compiler.lower;

import org.jspecify.annotations.NullMarked;
