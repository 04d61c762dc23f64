package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.sandbox.api.LogSource;
import dev.salver.sandbox.api.SandboxApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** {@code pods/log}. */
final class PodLogs {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int CHUNK = 16 << 10;
  private static final int MAX_TAIL = 16 << 20;

  private final SandboxApi api;
  private final LogSource source;

  PodLogs(SandboxApi api, LogSource source) {
    this.api = api;
    this.source = source;
  }

  Reply answer(Call call, Place place) throws IOException {
    if (!call.method().equals("GET")) {
      throw Refusals.method(call);
    }
    KubeObject pod = api.get(place.key()).orElseThrow(() -> Refusals.notFound(place));
    String container = container(call, pod);
    boolean follow = call.is("follow");
    var tail = call.number("tailLines");
    var limit = call.number("limitBytes");
    LogSource.Log log = source.open(pod.namespace(), pod.name(), container, call.is("previous"));
    return new Reply.Streamed(
        "text/plain; charset=utf-8",
        sink -> {
          try (log) {
            var bounded = new Bounded(sink, limit.orElse(Long.MAX_VALUE));
            if (tail.isPresent()) {
              bounded.write(last(log, tail.get()));
            }
            copy(log, bounded, follow);
          }
        });
  }

  private static void copy(LogSource.Log log, Bounded sink, boolean follow)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    while (!sink.isDone()) {
      int read = log.read(chunk, follow ? LOOK_AGAIN : Duration.ZERO);
      if (read < 0 || (read == 0 && !follow)) {
        return;
      }
      if (read > 0) {
        sink.write(Arrays.copyOf(chunk, read));
      }
    }
  }

  /** The last lines of what there is now, within a bound of bytes. */
  private static byte[] last(LogSource.Log log, long lines) throws IOException {
    Deque<byte[]> chunks = new ArrayDeque<>();
    byte[] chunk = new byte[CHUNK];
    int size = 0;
    for (int read = log.read(chunk, Duration.ZERO); read > 0; ) {
      chunks.add(Arrays.copyOf(chunk, read));
      size += read;
      while (size > MAX_TAIL) {
        size -= chunks.removeFirst().length;
      }
      read = log.read(chunk, Duration.ZERO);
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : chunks) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    long left = lines;
    int from = size;
    while (from > 0) {
      boolean lineEnd = all[from - 1] == '\n' && from < size;
      if ((lineEnd && --left == 0) || left <= 0) {
        break;
      }
      from--;
    }
    return Arrays.copyOfRange(all, from, size);
  }

  private static String container(Call call, KubeObject pod) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : pod.spec().path(list)) {
        names.add(container.path("name").asText());
      }
    }
    String asked = call.text("container");
    if (asked.isEmpty()) {
      if (pod.spec().path("containers").size() > 1) {
        throw Documents.bad(
            "a container name must be specified for pod "
                + pod.name()
                + ", choose one of: "
                + names);
      }
      return names.isEmpty() ? "" : names.getFirst();
    }
    if (!names.contains(asked)) {
      throw Documents.bad("container " + asked + " is not valid for pod " + pod.name());
    }
    return asked;
  }

  /** Cuts after so many bytes. */
  private static final class Bounded {
    private final Reply.Sink sink;
    private long left;

    Bounded(Reply.Sink sink, long limit) {
      this.sink = sink;
      left = limit;
    }

    void write(byte[] bytes) throws IOException, InterruptedException {
      byte[] part = bytes.length <= left ? bytes : Arrays.copyOf(bytes, (int) left);
      left -= part.length;
      if (part.length > 0) {
        sink.write(part);
      }
    }

    boolean isDone() {
      return left <= 0 || sink.isGone();
    }
  }
}
