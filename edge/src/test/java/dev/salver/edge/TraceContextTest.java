package dev.salver.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TraceContextTest {
  private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void aTraceIsReadAndPassedOnUnderANewSpan() {
    TraceContext context = TraceContext.parse(HEADER).orElseThrow();
    assertEquals(HEADER, context.header());
    assertEquals(context.traceId(), context.child().traceId());
    assertNotEquals(context.spanId(), context.child().spanId());
    assertTrue(TraceContext.parse(TraceContext.start().header()).isPresent());
    assertTrue(TraceContext.parse("01" + HEADER.substring(2) + "-later").isPresent());
  }

  @Test
  void whatIsNoTraceIsNone() {
    for (String bad :
        List.of(
            "",
            "00",
            HEADER + "x",
            HEADER.replace("00-0", "ff-0"),
            HEADER.toUpperCase(java.util.Locale.ROOT),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            HEADER.replace('-', '_'))) {
      assertEquals(Optional.empty(), TraceContext.parse(bad), bad);
    }
    assertEquals(Optional.empty(), TraceContext.parse(null));
  }

  @Test
  void hopByHopHeadersStayOnTheirHop() {
    MultiMap from =
        MultiMap.caseInsensitiveMultiMap()
            .add("Connection", "close, X-Mine")
            .add("X-Mine", "1")
            .add("Transfer-Encoding", "chunked")
            .add("TE", "trailers, deflate")
            .add("Accept", "a")
            .add("Accept", "b");
    MultiMap to = MultiMap.caseInsensitiveMultiMap();
    Hops.copy(from, to);
    assertEquals(List.of("a", "b"), to.getAll("accept"));
    assertEquals("trailers", to.get("te"));
    assertEquals(2, to.names().size());
  }

  @Test
  void theMeanIsOverTimeAndStartsAnewWhenTaken() {
    var load = new InFlight(0);
    long second = 1_000_000_000;
    load.begin(0);
    load.begin(second);
    load.end(2 * second);
    InFlight.Mean mean = load.take(4 * second);
    assertEquals(1.25, mean.concurrency(), 1e-9);
    assertEquals(2, mean.requests());
    assertEquals(4, mean.seconds(), 1e-9);
    assertEquals(1, load.now());
    load.end(5 * second);
    assertEquals(0.5, load.take(6 * second).concurrency(), 1e-9);
    assertEquals(0, load.take(7 * second).concurrency(), 1e-9);
  }
}
