/** What expressions over names and their types give, before anything has a value. */
@NullMarked
package dev.salver.compiler.typing;

import org.jspecify.annotations.NullMarked;
