package dev.salver.reconciler.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/** A container's log, copied as it comes. */
final class LogStream {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final OutputStream out;

  private LogStream(OutputStream out) {
    this.out = out;
  }

  /** Copies until the server ends it; blocks meanwhile. */
  static void copy(Transport transport, String path, OutputStream out) {
    var stream = new LogStream(out);
    try {
      HttpResponse<AsyncBody> response =
          Transport.await(transport.stream(path, stream::pieces), ANSWER);
      if (response.code() != 200) {
        response.body().cancel();
        // What the server has to say comes with the same request made as a plain one.
        Answer answer = transport.send("GET", path, "", "");
        throw new ClusterException("No log: " + answer.message());
      }
      response.body().consume();
      response.body().done().join();
    } catch (CompletionException e) {
      throw new ClusterException(
          Explain.broken(transport.server(), Explain.innermost(e)), Explain.innermost(e));
    }
  }

  private void pieces(List<ByteBuffer> pieces, AsyncBody body) {
    try {
      for (ByteBuffer piece : pieces) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        out.write(bytes);
      }
      out.flush();
      body.consume();
    } catch (IOException e) {
      body.cancel();
      throw new UncheckedIOException(e);
    }
  }
}
