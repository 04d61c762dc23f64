/**
 * Request bodies straight into tensors, tensors straight into response bodies: V1 and V2 as JSON.
 */
@NullMarked
package dev.salver.server.codec;

import org.jspecify.annotations.NullMarked;
