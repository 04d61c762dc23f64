package dev.salver.reconciler.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.KubeObject;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.schema.StructuralSchema;
import dev.salver.kube.schema.Violation;
import dev.salver.reconciler.serving.TreeDiff.Difference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What KServe made of a service, Salver makes of it too, but for the listed differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KserveParityTest {
  private final Differences differences = new Differences();
  private List<StructuralSchema> schemas = List.of();
  private List<KubeObject> runtimes = List.of();
  private int ran;

  @BeforeAll
  void read() throws IOException {
    schemas = Fixtures.schemas();
    runtimes = Fixtures.runtimes();
  }

  static Stream<KserveCase> cases() {
    return Fixtures.files(Fixtures.HERE.resolve("services")).stream()
        .map(
            file -> {
              try {
                return KserveCase.read(file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void becomesWhatKserveMakesOfIt(KserveCase one) {
    ran++;
    assertEquals(List.of(), differ(new KserveRunner(ServingConfig.DEFAULT, runtimes), one));
  }

  @Test
  void everyRecordedCaseInAGivenFolderIsMet() throws IOException {
    Optional<Path> oracle = Fixtures.given("SALVER_ORACLE", "comparison with more recorded cases");
    if (oracle.isEmpty()) {
      return;
    }
    var runner =
        new KserveRunner(
            ServingConfig.DEFAULT, Fixtures.objects(oracle.get().resolve("runtimes.yaml")));
    var wrong = new ArrayList<String>();
    int met = 0;
    for (Path file : Fixtures.files(oracle.get().resolve("cases"))) {
      String name = file.getFileName().toString().replace(".yaml", "");
      Optional<String> gap =
          Differences.GAPS.keySet().stream().filter(name::startsWith).findFirst();
      if (gap.isPresent()) {
        System.out.println("not compared: " + name + ": " + Differences.GAPS.get(gap.get()));
        continue;
      }
      List<Difference> left = differ(runner, RecordedCase.read(file));
      if (left.isEmpty()) {
        met++;
      } else {
        wrong.add(name + "\n  " + left);
      }
    }
    System.out.println("recorded cases met: " + met + ", not met: " + wrong.size());
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyDifferenceIsExplained() throws IOException {
    String document = Files.readString(Path.of("../docs/kserve-compatibility.md"));
    for (String name : Differences.names()) {
      assertTrue(document.contains("`" + name + "`"), name + " is not in the document");
    }
    for (String gap : Differences.GAPS.keySet()) {
      assertTrue(document.contains("`" + gap + "`"), gap + " is not in the document");
    }
  }

  @AfterAll
  void everyDifferenceIsNeeded() {
    if (ran > 0 && ran == cases().count()) {
      assertEquals(Set.of(), differences.unused());
    }
  }

  private List<Difference> differ(KserveRunner runner, KserveCase one) {
    if (!one.refusedBySchema().isEmpty()) {
      validate(one.service())
          .ifPresent(
              found ->
                  assertTrue(
                      found.stream().anyMatch(v -> v.path().equals(one.refusedBySchema())),
                      one.name() + ": " + found));
      return List.of();
    }
    if (one.refused().isEmpty()) {
      for (KubeObject child : runner.run(one).children()) {
        validate(child)
            .ifPresent(found -> assertEquals(List.of(), found, one.name() + " " + child.key()));
      }
    }
    return runner.compare(one).stream()
        .filter(difference -> !differences.covers(one.name(), difference))
        .toList();
  }

  private Optional<List<Violation>> validate(KubeObject object) {
    return schemas.stream()
        .filter(schema -> schema.covers(object.gvk()))
        .findFirst()
        .map(schema -> schema.validate(object.tree()));
  }
}
