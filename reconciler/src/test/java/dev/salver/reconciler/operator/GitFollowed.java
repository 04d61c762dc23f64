package dev.salver.reconciler.operator;

import dev.salver.git.Author;
import dev.salver.git.BareRepository;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.FakeCluster;
import dev.salver.reconciler.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository, a cluster and a clock that stands until it is told to pass. */
abstract class GitFollowed {
  static final Duration MOMENT = Duration.ofSeconds(1);
  static final ObjectKey IRIS = isvc("iris");
  static final ObjectKey WINE = isvc("wine");

  @TempDir Path folder;
  final FakeCluster cluster = new FakeCluster();
  final VirtualScheduler time = new VirtualScheduler();
  final List<Happening> happenings = new ArrayList<>();

  @BeforeEach
  void namespace() {
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "demo"), "test");
  }

  static ObjectKey isvc(String name) {
    return new ObjectKey(ResourceTypes.INFERENCE_SERVICE.gvk(), "demo", name);
  }

  static String service(String name, String uri) {
    return """
    apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata:
      name: %s
      namespace: demo
    spec:
      predictor:
        model:
          storageUri: %s
    """
        .formatted(name, uri);
  }

  String commit(Map<String, String> files) {
    var bytes = new HashMap<String, byte[]>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    try (var repository = BareRepository.open(folder.resolve("live.git"))) {
      return repository
          .commit(
              "main", "local", bytes, "Update", new Author("Ann", "ann@example.com"), time.now())
          .id();
    }
  }

  OperatorOptions options() {
    return OperatorOptions.of(
            folder.resolve("live.git").toString(), "main", "local", folder.resolve("mirror"))
        .withServing(OperatorOptions.Serving.OFF);
  }

  Operator start(OperatorOptions options) {
    return Operator.start(cluster, options, time, happenings::add);
  }

  String uri(ObjectKey key) {
    return cluster
        .get(key)
        .orElseThrow()
        .spec()
        .path("predictor")
        .path("model")
        .path("storageUri")
        .asText();
  }
}
