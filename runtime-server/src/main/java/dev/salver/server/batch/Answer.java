package dev.salver.server.batch;

/** What came of a call. */
public sealed interface Answer {
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Done(byte[] body) implements Answer {}

  /** The client has to change the request. */
  record Refused(String message) implements Answer {}

  /** The model or the server broke. */
  record Broken(String message) implements Answer {}

  /** The deadline passed, in the queue or in the engine. */
  record Expired() implements Answer {}
}
