package dev.salver.server.batch;

/** Told where a call's time went, in nanoseconds; on inference threads, so it must not block. */
public interface Timings {
  void queued(long nanos);

  void decoded(long nanos);

  void ran(long nanos);

  void encoded(long nanos);
}
