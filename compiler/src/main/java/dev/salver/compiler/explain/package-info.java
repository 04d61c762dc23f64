/** Why a setting has the value that it has. */
@NullMarked
package dev.salver.compiler.explain;

import org.jspecify.annotations.NullMarked;
