package dev.salver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A large project: models of ten lines each, three environments, a policy, a few graphs. */
final class ManyModels {
  private static final int GRAPHS = 5;

  private static final String SHARED =
      """
      project shop { }
      param region: string in ["eu-west-1", "us-east-1"] = "eu-west-1"
      type Features = f32[n, 32]
      type Scorer = (features: Features) -> (score: f32[n])
      rollout careful {
        steps = [5% for 10min, 25% for 30min, 100%]
        gate errors < 0.5%
      }
      policy online-stays-warm on model {
        deny self.labels.tier == "online" && self.scale.replicas.min < 2 else "two stay warm"
      }
      @abstract
      env base { labels { team = "ml" } }
      env dev extends base { namespace = "ml-dev", mode = knative }
      env staging extends base {
        namespace = "ml-staging"
        mode = knative
        model * { scale.replicas = 2..3 }
      }
      env prod extends base {
        namespace = "ml-prod-${region}"
        mode = knative
        params { region = "us-east-1" }
        model * where labels.tier == "online" { scale.replicas = 3..24 }
      }
      """;

  private ManyModels() {}

  /**
   * Files by path.
   *
   * @param perFile models that stand in one file
   */
  static Map<String, String> project(int models, int perFile) {
    var texts = new TreeMap<String, String>();
    texts.put("project.serve", SHARED);
    for (int i = 0; i < models; i++) {
      texts.merge(path(i / perFile), model(i, 4), String::concat);
    }
    for (int i = 0; i < GRAPHS; i++) {
      texts.put("graphs/" + i + ".serve", graph(i));
    }
    return texts;
  }

  static String path(int file) {
    return String.format(Locale.ROOT, "models/%05d.serve", file);
  }

  /** Ten lines. */
  static String model(int number, int memory) {
    return """
        /// Scores the offers of shop %1$d.
        model scorer-%1$d: Scorer from "s3://models/scorer/%1$d/model.onnx" {
          cpu     = 2..4
          memory  = %2$dGi
          scale   { replicas = 2..16, target = 40rps }
          timeout = %3$ds
          labels  { tier = "%4$s" }
          rollout = careful
        }

        """
        .formatted(number, memory, 30 + number % 7, number % 3 == 0 ? "online" : "batch");
  }

  private static String graph(int number) {
    return """
        graph best-%1$d: Scorer {
          first = scorer-%1$d(features)
          both  = all { scorer-%2$d(features), scorer-%3$d(features) } by mean(score)
          switch { max(both) > 0.9 => both, else => first }
        }
        """
        .formatted(number, number + 1, number + 2);
  }

  static Path written(int models, int perFile) throws IOException {
    Path folder = Files.createTempDirectory("bench-many");
    for (var file : project(models, perFile).entrySet()) {
      Path at = folder.resolve(file.getKey());
      Files.createDirectories(at.getParent());
      Files.writeString(at, file.getValue());
    }
    return folder;
  }
}
