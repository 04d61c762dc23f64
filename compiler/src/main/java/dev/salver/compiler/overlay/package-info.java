/** What each environment makes of each declaration, leaf by leaf, with the origin of every leaf. */
@NullMarked
package dev.salver.compiler.overlay;

import org.jspecify.annotations.NullMarked;
