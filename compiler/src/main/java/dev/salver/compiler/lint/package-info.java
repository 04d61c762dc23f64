/** What is legal and yet most likely not meant: one rule, one class. */
@NullMarked
package dev.salver.compiler.lint;

import org.jspecify.annotations.NullMarked;
