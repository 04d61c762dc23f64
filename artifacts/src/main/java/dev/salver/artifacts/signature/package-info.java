/** What a model takes and gives, read from the file without loading its weights. */
@NullMarked
package dev.salver.artifacts.signature;

import org.jspecify.annotations.NullMarked;
