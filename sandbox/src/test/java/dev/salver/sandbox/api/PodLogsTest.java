package dev.salver.sandbox.api;

import static dev.salver.sandbox.api.Objects.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PodLogsTest {
  private static final String POD = "/api/v1/namespaces/default/pods/p/log";

  @Test
  void aLogIsReadWholeFromItsEndOrUpToALimit() {
    try (var target = new Target.Https(PodLogsTest::open)) {
      target
          .core()
          .create(
              yaml(
                  "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec:"
                      + " {containers: [{name: main, image: x}, {name: side, image: y}]}}"),
              "test");
      assertEquals("main\nline 1\nline 2\nline 3\n", log(target, "?container=main"));
      assertEquals("line 2\nline 3\n", log(target, "?container=main&tailLines=2"));
      assertEquals("", log(target, "?container=main&tailLines=0"));
      assertEquals("main\nli", log(target, "?container=main&limitBytes=7"));
      assertEquals("line 3\n", log(target, "?container=side&tailLines=1&follow=true"));
      assertTrue(log(target, "?container=main&previous=true").contains("no previous run"));
      assertTrue(log(target, "").contains("choose one of: [main, side]"));
      assertTrue(log(target, "?container=other").contains("container other is not valid"));
      assertTrue(
          target
              .api()
              .json("/api/v1/namespaces/default/pods/none/log")
              .path("message")
              .asText()
              .contains("pods \"none\" not found"));
    }
  }

  private static String log(Target.Https target, String query) {
    return target.api().send(target.api().request(POD + query).build()).body();
  }

  private static LogSource.Log open(
      String namespace, String pod, String container, boolean previous) {
    if (previous) {
      throw new ApiException(400, "BadRequest", "there is no previous run");
    }
    byte[] bytes = (container + "\nline 1\nline 2\nline 3\n").getBytes(StandardCharsets.US_ASCII);
    return new LogSource.Log() {
      private int at;

      @Override
      public int read(byte[] into, Duration patience) {
        int count = Math.min(into.length, bytes.length - at);
        System.arraycopy(bytes, at, into, 0, count);
        at += count;
        return count == 0 ? -1 : count;
      }

      @Override
      public void close() {}
    };
  }
}
