package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Protocol buffers' wire format over a channel, a window at a time. What is skipped is not read.
 * Every length is checked against the message around it before anything is allocated.
 */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private static final int WINDOW = 8192;
  private static final int MAX_TEXT = 64 << 10;

  private final SeekableByteChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowEnd;
  private long end;

  Wire(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.end = size;
    seek(0);
  }

  /** The message is not what it says. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
    private final long offset;

    Malformed(String reason, long offset) {
      super(reason, null, false, false);
      this.offset = offset;
    }

    String reason() {
      return String.valueOf(getMessage());
    }

    long offset() {
      return offset;
    }
  }

  long position() {
    return windowEnd - window.remaining();
  }

  boolean more() {
    return position() < end;
  }

  void seek(long position) throws IOException {
    long start = windowEnd - window.limit();
    if (position >= start && position <= windowEnd) {
      window.position((int) (position - start));
      return;
    }
    channel.position(position);
    window.position(0).limit(0);
    windowEnd = position;
  }

  /** Narrows to the message that starts here; the answer is what {@link #leave} takes. */
  long enter() throws IOException, Malformed {
    long length = varint();
    long outer = end;
    if (length < 0 || length > outer - position()) {
      throw malformed(
          "a field says it is "
              + Long.toUnsignedString(length)
              + " bytes long where "
              + (outer - position())
              + " are left");
    }
    end = position() + length;
    return outer;
  }

  void leave(long outer) throws IOException {
    seek(end);
    end = outer;
  }

  /** Field number times eight plus wire type. */
  int tag() throws IOException, Malformed {
    long tag = varint();
    if (tag >>> 3 == 0 || tag > 0xffff_ffffL) {
      throw malformed("no field has the number " + Long.toUnsignedString(tag >>> 3));
    }
    return (int) tag;
  }

  long varint() throws IOException, Malformed {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = next();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("a number is longer than 10 bytes");
  }

  String text() throws IOException, Malformed {
    long outer = enter();
    long length = end - position();
    if (length > MAX_TEXT) {
      throw malformed("a name is " + length + " bytes long");
    }
    var bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining()) {
      bytes.put(next());
    }
    leave(outer);
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return chars.toString();
    } catch (CharacterCodingException e) {
      throw malformed("a name is not UTF-8");
    }
  }

  void skip(int tag) throws IOException, Malformed {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> forward(8);
      case LENGTH -> leave(enter());
      case FIXED32 -> forward(4);
      default -> throw malformed("wire type " + (tag & 7) + " does not occur in ONNX");
    }
  }

  Malformed malformed(String reason) {
    return new Malformed(reason, position());
  }

  private void forward(int bytes) throws IOException, Malformed {
    if (bytes > end - position()) {
      throw malformed("the file ends in the middle of a field");
    }
    seek(position() + bytes);
  }

  private byte next() throws IOException, Malformed {
    if (position() >= end) {
      throw malformed(
          end == size ? "the file ends in the middle of a field" : "a field ends in its middle");
    }
    if (!window.hasRemaining()) {
      window.clear();
      int read = channel.read(window);
      window.flip();
      if (read <= 0) {
        throw malformed("the file became shorter while it was read");
      }
      windowEnd += read;
    }
    return window.get();
  }
}
