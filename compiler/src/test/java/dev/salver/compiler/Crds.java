package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.graph.GraphCrd;
import dev.salver.kube.graph.ServingGraphs;
import dev.salver.kube.kserve.Admission;
import dev.salver.kube.kserve.GraphAdmission;
import dev.salver.kube.rollout.RolloutCrd;
import dev.salver.kube.rollout.Rollouts;
import dev.salver.kube.schema.StructuralSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * KServe's own schemas, from the folder that the environment variable {@code SALVER_CRDS} names.
 */
public final class Crds {
  private static final List<StructuralSchema> SCHEMAS = load();
  private static final StructuralSchema ROLLOUTS = StructuralSchema.of(RolloutCrd.definition());
  private static final StructuralSchema GRAPHS = StructuralSchema.of(GraphCrd.definition());

  private Crds() {}

  /** Whether an emitted file is what an API server with KServe installed would accept. */
  public static void check(String name, String yaml) {
    check(name, Yaml.documents(yaml).getFirst());
  }

  /** The same for what has been read already. */
  public static void check(String name, JsonNode object) {
    Gvk gvk = Gvk.of(object.path("apiVersion").asText(), object.path("kind").asText());
    if (gvk.group().equals("salver.dev")) {
      var own = gvk.kind().equals("Rollout") ? ROLLOUTS : GRAPHS;
      assertEquals(List.of(), own.validate(object), name);
      var kept = new KubeObject((ObjectNode) object);
      assertEquals(
          Optional.empty(),
          gvk.kind().equals("Rollout") ? Rollouts.refusal(kept) : ServingGraphs.refusal(kept),
          name);
      return;
    }
    if (gvk.kind().equals("InferenceGraph")) {
      assertEquals(
          Optional.empty(), GraphAdmission.refusal(new KubeObject((ObjectNode) object)), name);
    }
    if (gvk.kind().equals("InferenceService")) {
      assertEquals(Optional.empty(), Admission.refusal(new KubeObject((ObjectNode) object)), name);
    }
    for (StructuralSchema schema : SCHEMAS) {
      if (schema.covers(gvk)) {
        assertEquals(List.of(), schema.validate(object), name);
        return;
      }
    }
    if (gvk.kind().equals("LocalModelNamespaceCache")
        || gvk.group().equals("admissionregistration.k8s.io")) {
      return; // optional with KServe and seldom among the CRDs at hand; Kubernetes' own
    }
    assertEquals(List.of(), SCHEMAS, () -> "no CRD in SALVER_CRDS covers " + gvk);
  }

  private static List<StructuralSchema> load() {
    String folder = System.getenv("SALVER_CRDS");
    if (folder == null || folder.isEmpty()) {
      System.out.println(
          "SALVER_CRDS is not set: emitted manifests are compared with the expected ones, but not"
              + " validated against KServe's CRDs");
      return List.of();
    }
    var schemas = new ArrayList<StructuralSchema>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals("serving.kserve.io_inferenceservices.yaml")
            || name.equals("serving.kserve.io_inferencegraphs.yaml")
            || name.equals("serving.kserve.io_llminferenceservices.yaml")
            || name.equals("serving.kserve.io_servingruntimes.yaml")) {
          schemas.add(StructuralSchema.load(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(schemas);
  }
}
