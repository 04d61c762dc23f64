package dev.salver.reconciler.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One watch over a chunked HTTP response: a JSON document per line. */
final class HttpWatch implements AutoCloseable {
  /** Larger than any object that an API server stores. */
  private static final int LONGEST_LINE = 8 * 1024 * 1024;

  private final Transport transport;
  private final Cluster.Watcher watcher;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable AsyncBody body;

  HttpWatch(Transport transport, Cluster.Watcher watcher) {
    this.transport = transport;
    this.watcher = watcher;
  }

  void open(String path) {
    var _ =
        transport.stream(path, this::pieces)
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    end(Explain.broken(transport.server(), Explain.innermost(failure)));
                  } else {
                    start(response);
                  }
                });
  }

  private void start(HttpResponse<AsyncBody> response) {
    AsyncBody stream = response.body();
    if (response.code() != 200) {
      stream.cancel();
      end(response.code() == 410 ? "too old a version (410)" : "HTTP " + response.code());
      return;
    }
    body = stream;
    var _ =
        stream
            .done()
            .whenComplete(
                (done, failure) ->
                    end(
                        failure == null
                            ? "the server ended it"
                            : Explain.broken(transport.server(), Explain.innermost(failure))));
    if (ended.get()) {
      stream.cancel();
    } else {
      stream.consume();
    }
  }

  private void pieces(List<ByteBuffer> pieces, AsyncBody stream) {
    try {
      for (ByteBuffer piece : pieces) {
        while (piece.hasRemaining() && !ended.get()) {
          take(piece);
        }
      }
    } catch (RuntimeException e) {
      end("an event could not be read: " + e.getMessage());
    }
    if (ended.get()) {
      stream.cancel();
    } else {
      stream.consume();
    }
  }

  private void take(ByteBuffer piece) {
    byte next = piece.get();
    if (next != '\n') {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        end("an event is larger than " + LONGEST_LINE + " bytes");
      }
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      event(text);
    }
  }

  private void event(String text) {
    var event = Json.parse(text);
    if (!(event.path("object") instanceof ObjectNode tree)) {
      end("an event without an object");
      return;
    }
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> watcher.changed(new KubeObject(tree));
      case "DELETED" -> watcher.deleted(new KubeObject(tree));
      case "BOOKMARK" -> {}
      case "ERROR" -> end(tree.path("message").asText("error"));
      default -> end("an event of an unknown type");
    }
  }

  private void end(String why) {
    if (ended.compareAndSet(false, true)) {
      cancel();
      watcher.closed(why);
    }
  }

  @Override
  public void close() {
    ended.set(true);
    cancel();
  }

  private void cancel() {
    AsyncBody stream = body;
    if (stream != null) {
      stream.cancel();
    }
  }
}
