package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Protocol buffers' wire format. What is skipped is not read. Every length is checked against the
 * message around it before anything is allocated.
 */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private static final int MAX_TEXT = 64 << 10;

  private final Input input;
  private long end;

  Wire(Input input) {
    this.input = input;
    this.end = input.size();
  }

  long position() {
    return input.position();
  }

  boolean more() {
    return position() < end;
  }

  /** Bytes up to the end of this message. */
  long left() {
    return end - position();
  }

  /** Narrows to the message that starts here; the answer is what {@link #leave} takes. */
  long enter() throws IOException, Malformed {
    long length = varint();
    long outer = end;
    if (length < 0 || length > left()) {
      throw malformed(
          "a field says it is "
              + Long.toUnsignedString(length)
              + " bytes long where "
              + left()
              + " are left");
    }
    end = position() + length;
    return outer;
  }

  void leave(long outer) {
    input.seek(end);
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
    long length = left();
    if (length > MAX_TEXT) {
      throw malformed("a name is " + length + " bytes long");
    }
    byte[] bytes = input.take((int) length);
    leave(outer);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
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
      default -> throw malformed("there is no wire type " + (tag & 7));
    }
  }

  Malformed malformed(String reason) {
    return input.malformed(reason);
  }

  private void forward(int bytes) throws Malformed {
    if (bytes > left()) {
      throw cut();
    }
    input.seek(position() + bytes);
  }

  private byte next() throws IOException, Malformed {
    if (!more()) {
      throw cut();
    }
    return input.next();
  }

  private Malformed cut() {
    return malformed(
        end == input.size()
            ? "the file ends in the middle of a field"
            : "a field ends in its middle");
  }
}
