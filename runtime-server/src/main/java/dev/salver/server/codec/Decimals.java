package dev.salver.server.codec;

/**
 * Floats as short decimals. Tries 6 to 9 significant digits in double arithmetic and takes the
 * first that reads back as the same float; what is too large, too small or too close to a rounding
 * edge goes through {@link Float#toString}.
 */
final class Decimals {
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };
  private static final float SMALLEST = 1e-5f;
  private static final float LARGEST = 1e6f;
  private static final int MOST_DIGITS = 9;

  private Decimals() {}

  /** Writes a finite float; the answer is the position after it. */
  static int write(float value, byte[] to, int at) {
    float size = Math.abs(value);
    if (size >= SMALLEST && size < LARGEST) {
      int whole = 0;
      while (size >= TENS[whole]) {
        whole++;
      }
      int leading = 0;
      while (whole == 0 && size < 1 / TENS[leading + 1]) {
        leading++;
      }
      for (int digits = Math.max(1, 6 - whole); digits <= MOST_DIGITS - whole; digits++) {
        int places = digits + leading;
        long scaled = Math.round((double) size * TENS[places]);
        if (names(scaled / TENS[places], size)) {
          return write(value < 0, scaled, places, to, at);
        }
      }
    }
    return text(Float.toString(value), to, at);
  }

  private static boolean names(double decimal, float value) {
    long low = Double.doubleToRawLongBits(decimal) & 0x1fff_ffffL;
    return (float) decimal == value && Math.abs(low - 0x1000_0000L) > 4;
  }

  private static int write(boolean negative, long scaled, int places, byte[] to, int from) {
    long digits = scaled;
    int fraction = places;
    while (fraction > 1 && digits % 10 == 0) {
      digits /= 10;
      fraction--;
    }
    int at = from;
    if (negative) {
      to[at++] = '-';
    }
    long whole = digits / (long) TENS[fraction];
    int length = 1;
    while (whole >= TENS[length]) {
      length++;
    }
    for (int i = at + length - 1; i >= at; i--) {
      to[i] = (byte) ('0' + whole % 10);
      whole /= 10;
    }
    at += length;
    to[at] = '.';
    for (int i = at + fraction; i > at; i--) {
      to[i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    return at + fraction + 1;
  }

  private static int text(String text, byte[] to, int from) {
    int at = from;
    for (int i = 0; i < text.length(); i++) {
      to[at++] = (byte) text.charAt(i);
    }
    return at;
  }
}
