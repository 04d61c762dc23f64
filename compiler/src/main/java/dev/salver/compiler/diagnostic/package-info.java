/** What the compiler says: values with a code, a place and a fix, and their text and JSON forms. */
@NullMarked
package dev.salver.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
