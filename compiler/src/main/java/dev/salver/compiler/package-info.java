/** The compiler's face: a folder of sources in, checked programs and manifests out. */
@NullMarked
package dev.salver.compiler;

import org.jspecify.annotations.NullMarked;
