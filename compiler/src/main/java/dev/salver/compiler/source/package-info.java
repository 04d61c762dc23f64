/** Source files, places in them, and the folder that makes up one program. */
@NullMarked
package dev.salver.compiler.source;

import org.jspecify.annotations.NullMarked;
