package dev.salver.kube.graph;

import static dev.salver.kube.graph.Graphs.FRAUD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.graph.Calls.Reply;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a graph answers, and whom it called on the way. */
class InterpreterTest {
  private final Graphs world =
      new Graphs()
          .answers("featurize", "x", 1)
          .answers("fraud-xgb", "score", 0.5)
          .answers("fraud-nn", "score", 0.25)
          .answers("fraud-small", "score", 1)
          .answers("rules", "verdict", "pass")
          .answers("rules-eu", "verdict", "eu")
          .answers("rules-next", "verdict", "next");

  @Test
  void branchesAreReducedAndElseAnswers() throws InterruptedException {
    Answer answer = world.run(FRAUD, "amount", 3, "country", "US");
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn", "rules"), answer.route());
    assertEquals("pass", verdict(answer));
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn", "rules"), world.called);
  }

  @Test
  void theFirstCaseThatHoldsIsTaken() throws InterruptedException {
    assertEquals("eu", verdict(world.run(FRAUD, "amount", 3, "country", "DE")));
    world.answers("fraud-xgb", "score", 0.95).answers("fraud-nn", "score", 0.95);
    Answer answer = world.run(FRAUD, "amount", 3, "country", "DE");
    assertEquals("block", verdict(answer));
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn"), answer.route());
  }

  @Test
  void aScoreInSinglePrecisionIsTheNumberThatTheConditionSays() throws InterruptedException {
    world.answers("fraud-xgb", "score", 0.9).answers("fraud-nn", "score", 0.9);
    assertEquals("pass", verdict(world.run(FRAUD, "amount", 3, "country", "US")));
  }

  @Test
  void aFailedCallIsStoodInForByItsFallback() throws InterruptedException {
    world.fails("fraud-nn", 503).answers("fraud-small", "score", 0.25);
    Answer answer = world.run(FRAUD, "amount", 3, "country", "US");
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn", "fraud-small", "rules"), answer.route());
    assertEquals("pass", verdict(answer));
  }

  @Test
  void aFailedStepFailsTheGraph() throws InterruptedException {
    var failed = failed(world.fails("fraud-xgb", 503).run(FRAUD, "amount", 3, "country", "US"));
    assertEquals("fraud-xgb", failed.step());
    assertEquals(503, failed.status());
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn"), failed.route());
  }

  @Test
  void anAnswerAfterTheStepsDeadlineIsNone() throws InterruptedException {
    world.services.put(
        "featurize",
        request -> {
          assertEquals(20_000_000, request.leftNanos().orElseThrow());
          world.now += 21_000_000;
          return new Reply.Answered(Graphs.values("x", 1));
        });
    var failed = failed(world.run(FRAUD, "amount", 3, "country", "US"));
    assertEquals(504, failed.status());
    assertEquals("`feats` answered too late", failed.message());
  }

  @Test
  void theDeadlineOfTheWholeLeavesNoTimeForFallbacks() throws InterruptedException {
    world.services.put(
        "fraud-nn",
        request -> {
          world.now += 300_000_000;
          return new Reply.Failed(503, "busy");
        });
    var failed = failed(world.run(FRAUD, "amount", 3, "country", "US"));
    assertEquals(504, failed.status());
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn"), world.called);
  }

  @Test
  void aShadowIsAskedForItsShareOfRequestsAndNeverAnswers() throws InterruptedException {
    world.draws.put("rules-next", 9.99);
    world.fails("rules-next", 500);
    Answer answer = world.run(FRAUD, "amount", 3, "country", "US");
    assertEquals("pass", verdict(answer));
    assertTrue(world.called.contains("rules-next"), world.called.toString());
    assertEquals(List.of("feats", "fraud-xgb", "fraud-nn", "rules"), answer.route());
    world.called.clear();
    world.draws.put("rules-next", 10.0);
    world.run(FRAUD, "amount", 3, "country", "US");
    assertTrue(!world.called.contains("rules-next"), world.called.toString());
  }

  @Test
  void aRequestWithoutAnInputIsTheClientsMistake() throws InterruptedException {
    var failed = failed(world.run(FRAUD, "amount", 3));
    assertEquals(400, failed.status());
    assertEquals("the request has no input `country`", failed.message());
    assertEquals(List.of(), world.called);
  }

  @Test
  void aBranchOfOneFieldAnswersAnOutputThatIsATensor() throws InterruptedException {
    String spec =
        """
        outputs: [{name: verdict, datatype: BYTES, shape: [1]}]
        steps:
        - name: both
          all:
            branches:
            - name: verdict
              steps: [{name: voted, call: {service: judge}}]
            - name: reason
              steps: [{name: written, call: {service: judge}}]
        """;
    assertEquals("pass", verdict(world.answers("judge", "label", "pass").run(spec)));
  }

  @Test
  void retriesFollowWhereTheNextTimeMayHelp() throws InterruptedException {
    String spec =
        """
        outputs: [{name: y, datatype: FP32, shape: [1]}]
        steps:
        - name: flaky
          call: {service: flaky}
          retries: 2
        """;
    var left = new int[] {2};
    world.services.put(
        "flaky",
        request ->
            left[0]-- > 0
                ? new Reply.Failed(503, "busy")
                : new Reply.Answered(Graphs.values("y", 7)));
    Answer answer = world.run(spec);
    assertInstanceOf(Answer.Done.class, answer);
    assertEquals(List.of("flaky", "flaky", "flaky"), world.called);
    assertEquals(List.of("flaky"), answer.route());
    world.called.clear();
    assertEquals(400, failed(world.fails("flaky", 400).run(spec)).status());
    assertEquals(List.of("flaky"), world.called);
  }

  @Test
  void aSplitTakesTheBranchThatIsDrawn() throws InterruptedException {
    String spec =
        """
        outputs: [{name: y, datatype: FP32, shape: [1]}]
        steps:
        - name: ranked
          split:
          - percent: 90
            steps: [{name: v3, call: {service: v3}}]
          - percent: 9.5
            steps: [{name: v4, call: {service: v4}}]
          - percent: 0.5
            steps: [{name: gone, fail: {status: 404, message: not here}}]
        """;
    world.answers("v3", "y", 3).answers("v4", "y", 4);
    world.draws.put("ranked", 89.999);
    assertEquals(List.of("v3"), world.run(spec).route());
    world.draws.put("ranked", 90.0);
    assertEquals(List.of("v4"), world.run(spec).route());
    world.draws.put("ranked", 99.9);
    assertEquals(new Answer.Failed("gone", 404, "not here", List.of()), failed(world.run(spec)));
  }

  @Test
  void theFirstBranchThatAnswersIsTakenAndTheOthersAreGivenUp() throws Exception {
    String spec =
        """
        outputs: [{name: y, datatype: FP32, shape: [1]}]
        steps:
        - name: race
          all:
            branches:
            - name: slow
              steps: [{name: slow, call: {service: slow}}]
            - name: broken
              steps: [{name: broken, call: {service: broken}}]
            - name: quick
              steps: [{name: quick, call: {service: quick}}]
            reduce: first
        """;
    world.fails("broken", 500).answers("quick", "y", 1);
    var released = new CountDownLatch(1);
    world.services.put(
        "slow",
        request -> {
          try {
            released.await(10, TimeUnit.SECONDS);
            return new Reply.Answered(Graphs.values("y", 2));
          } catch (InterruptedException e) {
            return new Reply.Failed(499, "given up");
          }
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Answer answer = world.run(spec, Fan.on(threads));
      released.countDown();
      assertEquals(List.of("quick"), answer.route());
    }
  }

  @Test
  void sideBySideAnswersAsOneAfterTheOther() throws Exception {
    Answer inOrder = world.run(FRAUD, "amount", 3, "country", "US");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        assertEquals(inOrder, world.run(FRAUD, Fan.on(threads), "amount", 3, "country", "US"));
      }
    }
  }

  @Test
  void allWithoutReducerIsARecordOfItsBranches() throws InterruptedException {
    String spec =
        """
        inputs: [{name: x, datatype: FP32, shape: [-1]}]
        outputs: [{name: fused, datatype: FP32, shape: [1]}]
        steps:
        - name: both
          all:
            branches:
            - name: a
              steps: [{name: a, call: {service: a, inputs: {x: request.x}, single: true}}]
            - name: b
              steps: [{name: b, cast: {value: request.x, to: INT64}}]
        - name: fuse
          call: {service: fuse, inputs: {both: both}}
        """;
    world.answers("a", "anything", 2);
    world.services.put(
        "fuse",
        request -> {
          assertEquals(List.of("a", "b"), List.copyOf(request.inputs().keySet()));
          assertEquals("INT64[2]", request.inputs().get("b").toString());
          return new Reply.Answered(Graphs.values("fused", 1));
        });
    assertInstanceOf(Answer.Done.class, world.run(spec, "x", Graphs.floats(1.9, -1.9)));
  }

  private static String verdict(Answer answer) {
    var done = assertInstanceOf(Answer.Done.class, answer, answer.toString());
    return ((Tensor) done.outputs().get("verdict")).textAt(0);
  }

  private static Answer.Failed failed(Answer answer) {
    return assertInstanceOf(Answer.Failed.class, answer, answer.toString());
  }
}
