package dev.salver.server.codec;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Request identifiers where the client gave none. */
final class Ids {
  private Ids() {}

  /**
   * A version 4 UUID. Not a secret, so no secure generator, whose start would delay the first
   * answer.
   */
  static String next() {
    var random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L)
        .toString();
  }
}
