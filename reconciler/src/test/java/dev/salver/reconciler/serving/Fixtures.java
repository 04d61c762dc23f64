package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.schema.StructuralSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The recorded facts on the class path, and those that a caller points to. */
final class Fixtures {
  static final Path HERE = Path.of("src/test/resources/kserve-0.20");

  private Fixtures() {}

  /** KServe's stock runtimes. */
  static List<KubeObject> runtimes() throws IOException {
    return objects(HERE.resolve("runtimes.yaml"));
  }

  static List<KubeObject> objects(Path file) throws IOException {
    return Yaml.documents(Files.readString(file)).stream()
        .map(node -> new KubeObject((ObjectNode) node))
        .toList();
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that an environment variable names; said out loud where it is not set. */
  static Optional<Path> given(String variable, String forWhat) {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      System.out.println(variable + " is not set: " + forWhat + " was not done");
      return Optional.empty();
    }
    return Optional.of(Path.of(value));
  }

  /** Every definition in the folder that {@code SALVER_CRDS} names. */
  static List<StructuralSchema> schemas() {
    var schemas = new ArrayList<StructuralSchema>();
    given("SALVER_CRDS", "validation against CustomResourceDefinitions")
        .ifPresent(
            folder ->
                files(folder)
                    .forEach(
                        file -> {
                          try {
                            schemas.add(StructuralSchema.load(file));
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }));
    return List.copyOf(schemas);
  }
}
