package dev.salver.server.codec;

import dev.salver.server.tensor.BatchSlot;

/** One protocol's bodies for one model. Holds no state between calls, so threads may share it. */
public interface Codec {
  /** Reads a body into the slot's inputs, which are empty before. */
  Decoded decode(byte[] body, BatchSlot slot);

  /** The response body for the slot's outputs. */
  byte[] encode(Decoded.Request request, BatchSlot slot);
}
