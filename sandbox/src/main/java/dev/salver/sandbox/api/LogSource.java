package dev.salver.sandbox.api;

import java.io.IOException;
import java.time.Duration;

/** Where {@code pods/log} comes from; the node implements it. */
@FunctionalInterface
public interface LogSource {
  /** Nothing runs here. */
  LogSource NONE =
      (namespace, pod, container, previous) -> {
        throw new ApiException(
            400, "BadRequest", "there is no node that keeps logs of pod " + namespace + "/" + pod);
      };

  /**
   * Opens a container's output from its beginning. Called on a thread that may block.
   *
   * @param previous the run before the current one
   * @throws ApiException 400 where the container has not started, or has no previous run, with a
   *     message for people
   * @throws IOException where the log can't be read
   */
  Log open(String namespace, String pod, String container, boolean previous) throws IOException;

  /** An open log; closed by whoever opened it. */
  interface Log extends AutoCloseable {
    /**
     * Reads on.
     *
     * @param patience how long to wait for the first byte; zero for not at all
     * @return bytes read; 0 where none came in time; -1 at the end of a run that is over
     */
    int read(byte[] into, Duration patience) throws IOException;

    @Override
    void close() throws IOException;
  }
}
