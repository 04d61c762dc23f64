/** Which name means which declaration. */
@NullMarked
package dev.salver.compiler.bind;

import org.jspecify.annotations.NullMarked;
