/** Where model files come from: found, measured, fetched, checked against a digest. */
@NullMarked
package dev.salver.artifacts.source;

import org.jspecify.annotations.NullMarked;
