/** What computes: the engine's port, and ONNX Runtime behind it. */
@NullMarked
package dev.salver.server.engine;

import org.jspecify.annotations.NullMarked;
