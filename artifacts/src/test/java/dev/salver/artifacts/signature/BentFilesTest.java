package dev.salver.artifacts.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a model's file has, there is an answer, soon, and from few reads. */
final class BentFilesTest {
  static Stream<Path> models() throws IOException {
    try (Stream<Path> all = Files.walk(ArtifactsTest.MODELS)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.getParent().equals(ArtifactsTest.MODELS))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** The file among its neighbours. */
  private static Map<String, byte[]> folder(Path file, byte[] bytes) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    String name = file.getFileName().toString();
    if (name.equals("MLmodel") || name.equals("config.json") || name.equals("weights.bin")) {
      try (Stream<Path> all = Files.list(file.getParent())) {
        for (Path each : all.filter(Files::isRegularFile).toList()) {
          files.put(each.getFileName().toString(), Files.readAllBytes(each));
        }
      }
    }
    files.put(name, bytes);
    return files;
  }

  private static Inspection inspect(Path file, byte[] bytes) throws IOException {
    var memory = new Memory(folder(file, bytes));
    Inspection inspection = Artifacts.inspect(memory);
    long held = memory.list().stream().mapToLong(ModelFiles.Entry::size).sum();
    assertTrue(memory.read() <= 64_000 + 16 * held, () -> file + " was read over and over");
    return inspection;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyTruncationHasAnAnswer(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int length = 0; length < whole.length; length++) {
            inspect(file, Arrays.copyOf(whole, length));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgboost/iris.json",
        "xgboost/iris.ubj",
        "torch/traced.pt",
        "pmml/iris-tree.pmml",
        "huggingface/model.safetensors"
      })
  void whatIsCutShortIsNoModel(String path) throws IOException {
    Path file = ArtifactsTest.MODELS.resolve(path);
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, StandardCharsets.ISO_8859_1).stripTrailing().length();
    for (int length = 0; length < end; length++) {
      int cut = length;
      assertFalse(
          inspect(file, Arrays.copyOf(whole, length)) instanceof Inspection.Known,
          () -> "cut to " + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void bentBytesHaveAnAnswer(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    var random = new SplittableRandom(file.getFileName().toString().hashCode());
    byte[] sharp = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xff, '{', '[', '<', '"', '\n', '}'};
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int i = 0; i < 500; i++) {
            byte[] bent = whole.clone();
            for (int n = 1 + random.nextInt(6); n > 0 && bent.length > 0; n--) {
              int at = random.nextInt(bent.length);
              bent[at] =
                  random.nextBoolean()
                      ? sharp[random.nextInt(sharp.length)]
                      : (byte) random.nextInt();
            }
            inspect(file, bent);
          }
        });
  }
}
