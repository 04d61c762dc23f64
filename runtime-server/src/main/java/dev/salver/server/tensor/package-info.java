/**
 * Tensors as the protocol names them: datatypes, specs, and the buffers that a request is read
 * into.
 */
@NullMarked
package dev.salver.server.tensor;

import org.jspecify.annotations.NullMarked;
