package dev.salver.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.source.SourceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a test in a program comes to, with models that are made up. */
class TestRunTest {
  private static final String PROGRAM =
      """
      project p { }
      type Photo = u8[h, w, 3]
      type Seen  = (image: Photo) -> (label: string, score: f32)
      model sum from "s3://m/sum.onnx"
      model add: (rows: f32[n, 2]) -> (score: f32[n]) from "s3://m/add.onnx"
      model pet: Seen from "s3://m/pet.onnx"
      model dog: Seen from "s3://m/dog.onnx"
      graph breed(image: Photo) -> (label: string, score: f32) =
        pet -> switch {
          pet.label == "dog" => dog(image)
          else               => pet
        }
      graph nested(image: Photo) -> (label: string) = breed
      graph scores(rows: f32[n, 2]) -> f32[n] = add
      param floor: f32 = 2
      env prod { model sum { scale.replicas = 2..4 } }
      """;

  private final Scripted models = new Scripted();
  private final Samples samples =
      path ->
          path.equals("request.json")
              ? new Samples.Sample.Found(
                  "{\"inputs\": [{\"name\": \"X\", \"shape\": [2, 2], \"datatype\": \"FP32\","
                      + " \"data\": [1, 2, 3, 4]}]}")
              : path.equals("v1.json")
                  ? new Samples.Sample.Found("{\"instances\": [[1, 2], [3, 4]]}")
                  : new Samples.Sample.Refused("there is no " + path);

  private List<String> failures(String body) {
    return failures("", body);
  }

  /** Message and details of each failure. */
  private List<String> failures(String on, String body) {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of("p.serve", PROGRAM + "test \"t\"" + on + " {\n" + body + "}\n")));
    assertEquals(List.of(), program.diagnostics());
    TestResult result = Compiler.run(program, program.tests().getFirst(), models, samples);
    var lines = new ArrayList<String>();
    for (TestResult.Failure failure : result.failures()) {
      lines.add(
          failure.at().from().line() - PROGRAM.lines().count() - 1 + ": " + failure.message());
      lines.addAll(failure.details());
    }
    return lines;
  }

  private void passes(String body) {
    assertEquals(List.of(), failures(body));
  }

  @Test
  void aModelIsCalledByNameOrByPositionWhetherOrNotItsSignatureIsKnown() {
    passes(
        """
        expect sum(X = [[1, 2], [3, 4.5]]).total == [3, 7.5]
        expect sum([[1, 2]]).total == [3]
        expect add(rows = [[0.1, 0.2]]).score[0] < 0.31
        expect add([[1, 2]]).score == [3]
        """);
  }

  @Test
  void aDeclaredSignatureMeetsTheArtifactsByPosition() {
    passes("expect add([[1, 2]]).score == [3]\n");
    assertEquals(List.of("X"), List.copyOf(models.asked.getFirst().keySet()));
  }

  @Test
  void singlePrecisionIsComparedAsItsShortestDecimal() {
    passes("expect add([[0.25, 0.65]]).score == [0.9]\n");
  }

  @Test
  void aSampleIsAWholeRequest() {
    passes(
        """
        expect sum(sample("request.json")).total == [3, 7]
        expect sum(sample("v1.json")).total == [3, 7]
        expect sample("v1.json").instances[1][0] == 3
        """);
    assertEquals(1, models.asked.size() - 1, "the two requests are different calls");
  }

  @Test
  void theSameCallIsMadeOnceInATest() {
    passes("expect add([[1, 2]]).score == [3]\nexpect add([[1, 2]]).score[0] > 2\n");
    assertEquals(1, models.asked.size());
  }

  @Test
  void aGraphTakesTheWayThatItsStubsSendItOn() {
    passes(
        """
        stub pet { label = "dog", score = 0.5 }
        stub dog { label = "beagle", score = 0.75 }
        expect breed(image = [[[1, 2, 3]]]).label == "beagle"
        expect breed(image = [[[1, 2, 3]]]).score == 0.75
        expect breed(image = [[[1, 2, 3]]]).route == ["pet", "dog"]
        expect nested([[[1, 2, 3]]]).label == "beagle"
        """);
    passes(
        """
        stub pet { label = "cat", score = floor / 4 }
        expect breed(image = [[[1, 2, 3]]]).label == "cat" && breed([[[1, 2, 3]]]).score == 0.5
        expect breed(image = [[[1, 2, 3]]]).route == ["pet"]
        """);
  }

  @Test
  void aGraphCallsRealModelsWhereThereIsNoStub() {
    passes("expect scores([[1, 2]]).output == [3] && scores([[1, 2]]).route == [\"add\"]\n");
  }

  @Test
  void settingsAndManifestsOfTheEnvironmentAreRead() {
    assertEquals(
        List.of(),
        failures(
            " on prod",
            """
            expect sum.scale.replicas.min == 2 && env == "prod" && floor == 2
            expect emitted("InferenceService", "sum").spec.predictor.maxReplicas == 4
            """));
    passes("expect sum.scale.replicas.max == 1 && env == \"local\"\n");
  }

  @Test
  void whatDoesNotHoldIsShownWithTheValueOfEveryPart() {
    assertEquals(
        List.of(
            "2: three is not four in local",
            "add([[1, 2]]).score == [4]",
            "|             |     |",
            "|             [3]   false",
            "{ score = [3] }"),
        failures(
            """
            expect add([[1, 2]]).score == [3]
            expect add([[1, 2]]).score == [4] else "three is not four in ${env}"
            """));
  }

  @Test
  void everyExpectationIsLookedAt() {
    List<String> lines = failures("expect sum.scale.replicas.max == 2\nexpect floor == 3\n");
    assertEquals("1: this does not hold", lines.getFirst());
    assertTrue(lines.contains("2: this does not hold"));
  }

  @Test
  void whatAModelRefusesIsToldInItsWords() {
    assertEquals(
        List.of(
            "1: `add` answered 422: no negative sums",
            "add([[-1, -2]]).score == [3]",
            "|               |     |",
            "no value        |     no value",
            "                no value"),
        failures("expect add([[-1, -2]]).score == [3]\n"));
    models.broken = true;
    assertEquals(
        "1: `add`: it is broken", failures("expect add([[1, 2]]).score == [3]\n").getFirst());
  }

  @Test
  void whatFitsOnlyAtRunTimeIsToldInWords() {
    assertEquals(
        "1: `sum`: `X`: dim 2 is 3, not 2",
        failures("expect sum([[1, 2, 3]]).total == [3]\n").getFirst());
    assertEquals(
        "1: `sum`: the input `X: f32[?, 2]` is not given",
        failures("expect sum(Y = [[1, 2]]).total == [3]\n").getFirst());
    assertEquals(
        "1: there is no other.json",
        failures("expect sum(sample(\"other.json\")).total == [3]\n").getFirst());
    assertEquals(
        "1: `local` emits no InferenceService `sun`; did you mean `sum`?",
        failures("expect emitted(\"InferenceService\", \"sun\").spec.x == 1\n").getFirst());
    assertEquals(
        "1: the stub does not fit: `score`: `true` is no f32",
        failures("stub pet { score = env == \"local\" }\nexpect pet([[[1, 2, 3]]]).score == 1\n")
            .getFirst());
  }

  @Test
  void aTestInALoopIsOneForEachTurn() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "p.serve",
                    PROGRAM
                        + "for each x in [1, 2] { test \"t\" { expect sum.scale.replicas.max == x } }")));
    assertEquals(List.of(), program.diagnostics());
    assertEquals(List.of("t", "t (2)"), program.tests().stream().map(TestCase::name).toList());
    var passed =
        program.tests().stream()
            .map(test -> Compiler.run(program, test, models, samples).passed())
            .toList();
    assertEquals(List.of(true, false), passed);
  }

  @Test
  void aGraphThatFailsIsToldWithItsStep() {
    models.broken = true;
    assertEquals(
        "1: `scores` failed at `add` with 502: it is broken",
        failures("expect scores([[1, 2]]).output == [3]\n").getFirst());
  }
}
