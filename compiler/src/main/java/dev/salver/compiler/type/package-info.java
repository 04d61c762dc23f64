/** Tensors, records and signatures, and when one fits the other. */
@NullMarked
package dev.salver.compiler.type;

import org.jspecify.annotations.NullMarked;
