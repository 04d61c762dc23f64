/** Which fields the emitted Kubernetes objects have, for what a program writes with {@code raw}. */
@NullMarked
package dev.salver.compiler.schema;

import org.jspecify.annotations.NullMarked;
