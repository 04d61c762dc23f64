package dev.salver.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all request bodies in memory may take together. */
final class Budget {
  private final AtomicLong left;

  Budget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void give(long bytes) {
    left.addAndGet(bytes);
  }
}
