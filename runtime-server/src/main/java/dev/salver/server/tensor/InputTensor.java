package dev.salver.server.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One input of the request that is being served: a direct buffer in native order that outlives
 * requests, appended to by a codec and read by an engine. Not safe for use by two threads.
 */
public final class InputTensor {
  /** What is kept between requests; larger ones get memory of their own. */
  private static final int KEEP = 1 << 20;

  private static final int START = 1024;

  private final TensorSpec spec;
  private ByteBuffer data;
  private final List<String> texts = new ArrayList<>();
  private long[] shape = {};

  public InputTensor(TensorSpec spec) {
    this.spec = spec;
    this.data = allocate(spec.type() == DataType.BYTES ? 0 : START);
  }

  public TensorSpec spec() {
    return spec;
  }

  /** Forgets the last request. */
  public void reset() {
    if (data.capacity() > KEEP) {
      data = allocate(START);
    }
    data.clear();
    texts.clear();
    shape = new long[0];
  }

  /** The sizes of all dimensions, once the data is complete. */
  public void shape(long[] sizes) {
    shape = sizes;
  }

  /** Set by the codec; not to be changed by who reads it. */
  @SuppressWarnings("EffectivelyPrivate")
  public long[] shape() {
    return shape;
  }

  /** Elements so far. */
  public int count() {
    return spec.type() == DataType.BYTES ? texts.size() : data.position() / spec.type().size();
  }

  /** The buffer with room for one more element, to put it at the position. */
  public ByteBuffer room() {
    if (data.remaining() < 8) {
      reserve(Math.max(data.capacity(), START));
    }
    return data;
  }

  /** Makes room for so many more bytes. */
  public void reserve(int bytes) {
    if (data.remaining() < bytes) {
      long needed = (long) data.position() + bytes;
      if (needed > Integer.MAX_VALUE - 16) {
        throw new IllegalStateException("codecs bound what they append");
      }
      ByteBuffer larger =
          allocate((int) Math.min(Math.max(needed, 2L * data.capacity()), Integer.MAX_VALUE - 16));
      larger.put(data.flip());
      data = larger;
    }
  }

  /** Appends an element of a BYTES tensor. */
  public void text(String value) {
    texts.add(value);
  }

  /** The elements of a BYTES tensor. */
  public List<String> texts() {
    return texts;
  }

  /** The elements of any other tensor, from 0 to the position. */
  public ByteBuffer data() {
    return data;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
