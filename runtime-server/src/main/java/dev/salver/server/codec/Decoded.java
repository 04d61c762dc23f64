package dev.salver.server.codec;

/** What came of a request body. */
public sealed interface Decoded {
  /**
   * The slot holds the inputs.
   *
   * @param id as the client gave it, "" for none
   * @param outputs positions of the outputs asked for, in that order; empty for all
   */
  @SuppressWarnings("ArrayRecordComponent") // A hot path; nobody compares these.
  record Request(String id, int[] outputs) implements Decoded {}

  /**
   * The client has to change something: status 400.
   *
   * @param message what is wrong, where, and what was expected
   */
  record Refused(String message) implements Decoded {}
}
