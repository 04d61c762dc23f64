/** What serve.lock says about each source and import. */
@NullMarked
package dev.salver.compiler.lock;

import org.jspecify.annotations.NullMarked;
