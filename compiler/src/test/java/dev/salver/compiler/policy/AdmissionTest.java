package dev.salver.compiler.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Target;
import dev.salver.compiler.cel.Cluster;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.kube.Json;
import dev.salver.kube.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster says of the emitted objects is what the compiler says of the program. */
class AdmissionTest {
  private static final String PARAMS =
      """
      project p { }
      param limit: i32 = 3
      param share: f32 = 2
      param team: string = "risk"
      """;

  private static final String MODELS =
      PARAMS
          + """
      env prod {
        namespace = "ml"
        mode      = knative
        model two { mode = standard, scale { replicas = 2..5 } }
      }

      model one from "s3://m/one.onnx" {
        labels { tier = "online", "acme.io/team" = "risk" }
        annotations { owner = "me" }
        cpu = 250m..2
        memory = 1Gi..4Gi
        gpu = l4 * 2
        scale { replicas = 0..8, target = 40rps, hard-limit = 20concurrent }
        batch { max = 8, delay = 5ms }
        timeout = 30s
        identity = reader
        log { to = "http://log", mode = request }
        expose = cluster
      }
      model two from "s3://m/two" { format = sklearn, wire = v1, labels { tier = "batch" } }
      model three from "s3://m/three.onnx" { scale { replicas = ?, target = 5concurrent }, cpu = ?, memory = 2Gi..? }
      model four { image = "x.org/y@sha256:abc", memory = 512Mi, gpu = tpu-v5e, args { a = 1 } }
      model five { image = "x.org/z:1" }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require self.scale.replicas.min >= 2",
        "deny self.memory > 3Gi",
        "require !(self.memory > 3Gi)",
        "deny self.scale.replicas > 4",
        "deny self.scale.replicas.min < 2",
        "deny self.labels.tier == \"online\" && self.scale.replicas.min < 2",
        "require self.scale.replicas <= 8",
        "require self.scale.replicas == 1",
        "require self.scale.target <= 40rps",
        "require self.scale.target <= 4concurrent",
        "require self.scale.hard-limit <= 20concurrent",
        "require self.cpu.min >= 500m",
        "require self.cpu <= 1",
        "require self.memory <= 2Gi",
        "require self.memory.min + 1Gi >= 3Gi",
        "deny self.memory > 600Mi",
        "require self.gpu.count <= 1",
        "require !has(self.gpu.count)",
        "require self.timeout < 1min",
        "require self.timeout + 10s <= 40s",
        "require self.mode == knative",
        "require self.mode in [knative, standard]",
        "require self.format == onnx",
        "deny self.format in [sklearn, xgboost]",
        "require self.wire == v2",
        "require self.runtime.name == \"salver-onnx\"",
        "require self.image.startsWith(\"x.org/\")",
        "require self.image.find(\"@sha256:[a-f0-9]+\") != \"\"",
        "require has(self.labels.tier)",
        "require self.labels[\"acme.io/team\"] == team",
        "require self.annotations.owner == \"me\"",
        "require self.name.matches(\"^(one|two)$\")",
        "require size(self.name) > 3 || self.name == \"one\"",
        "require self.batch.max <= 8 && self.batch.delay <= 5ms",
        "require self.log.mode == request",
        "require self.identity != \"default\"",
        "require self.env == \"prod\" && env == \"prod\" && self.namespace == \"ml\"",
        "require self.scale.replicas.min + 1 <= limit",
        "require self.scale.replicas.max * share <= 10.5",
        "require (self.mode == knative ? self.scale.replicas.min : 9) < 5",
        "require [\"online\", \"batch\"].exists(t, t == self.labels.tier)",
      })
  void theClusterAgreesWithTheCompiler(String rule) {
    JsonNode admission = emitted(rule).get("ValidatingAdmissionPolicy");
    var refused = new TreeSet<String>();
    services()
        .forEach(
            (name, object) -> {
              if (!Cluster.admits(admission, object)) {
                refused.add(name);
              }
            });
    assertEquals(byCompiler(rule), refused);
  }

  @Test
  void aPolicyIsBoundToTheNamespaceOfItsEnvironment() {
    JsonNode binding = emitted("deny self.name == \"x\"").get("ValidatingAdmissionPolicyBinding");
    assertEquals(
        Json.parse(
            """
            {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
             "metadata": {"name": "p-prod-guard"},
             "spec": {"policyName": "p-prod-guard", "validationActions": ["Deny"], "matchResources":
               {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ml"}}}}}
            """),
        binding);
  }

  @Test
  void aRuleThatReadsWhatNoManifestHoldsIsLeftToTheCompiler() {
    var emitted = emitted("require self.cost.monthly <= $5\n require self.name != \"x\"");
    JsonNode policy = emitted.get("ValidatingAdmissionPolicy");
    assertEquals(1, policy.path("spec").path("validations").size());
    assertEquals(
        "cost.monthly.max",
        policy
            .path("metadata")
            .path("annotations")
            .path("salver.dev/checked-by-compiler-only")
            .asText());
    assertTrue(emitted("require self.rollout == careful").isEmpty());
    assertTrue(emitted("require mean([1, 2]) * self.memory.max < 4Gi").isEmpty());
  }

  @Test
  void whereLimitsEveryRule() {
    String policy =
        "policy p on model where labels.tier == \"batch\" { require self.name == \"x\" }\n";
    var objects = objects(PARAMS + "env prod { namespace = \"ml\" }\n" + policy, "prod");
    var refused = new TreeSet<String>();
    services()
        .forEach(
            (name, object) -> {
              if (!Cluster.admits(objects.get("ValidatingAdmissionPolicy"), object)) {
                refused.add(name);
              }
            });
    assertEquals(Set.of("two"), refused);
  }

  @Test
  void theLocalEnvironmentHasNoPolicies() {
    String program = MODELS + "policy p on model { require self.name == \"x\" }\n";
    assertEquals(List.of(), program(program).diagnostics("local"));
    assertTrue(
        objects(PARAMS + "policy p on model { require self.name == \"x\" }\n", "local").isEmpty());
  }

  @Test
  void aMessageThatIsPutTogetherIsPutTogetherByTheCluster() throws CelEvaluationException {
    JsonNode policy =
        emitted("deny self.timeout > 1s else \"${self.name} may take ${self.timeout} in ${env}\"")
            .get("ValidatingAdmissionPolicy");
    String message =
        policy.path("spec").path("validations").get(0).path("messageExpression").asText();
    assertEquals(
        "one may take 30s in prod",
        Cluster.run(message, Map.of("object", Cluster.value(services().get("one")))));
  }

  /** The objects of a policy alone, by kind, of a program that has no model to break it. */
  private static Map<String, JsonNode> emitted(String rule) {
    return objects(
        PARAMS
            + "env prod { namespace = \"ml\", mode = knative }\npolicy guard on model { "
            + rule
            + " }\n",
        "prod");
  }

  private static Map<String, JsonNode> objects(String text, String environment) {
    Output output = Compiler.compile(program(text), environment, Target.cluster());
    assertFalse(output.hasErrors(), output.diagnostics().toString());
    var objects = new TreeMap<String, JsonNode>();
    objects(output).forEach(each -> objects.put(each.path("kind").asText(), each));
    return objects;
  }

  private static Map<String, JsonNode> services() {
    Output output = Compiler.compile(program(MODELS), "prod", Target.cluster());
    assertFalse(output.hasErrors(), output.diagnostics().toString());
    var services = new TreeMap<String, JsonNode>();
    for (JsonNode object : objects(output)) {
      if (object.path("kind").asText().equals("InferenceService")) {
        services.put(object.path("metadata").path("name").asText(), object);
      }
    }
    assertEquals(5, services.size());
    return services;
  }

  private static Set<String> byCompiler(String rule) {
    var refused = new TreeSet<String>();
    var program = program(MODELS + "policy p on model { " + rule + " else \"${self.name}\" }\n");
    for (var each : program.diagnostics("prod")) {
      assertEquals(Code.SV6001, each.code(), each.message());
      refused.add(each.message().substring(1, each.message().indexOf('`', 1)));
    }
    return refused;
  }

  private static Program program(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", text)));
  }

  private static List<JsonNode> objects(Output output) {
    var objects = new ArrayList<JsonNode>();
    output
        .files()
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(".yaml")) {
                objects.addAll(Yaml.documents(new String(bytes, StandardCharsets.UTF_8)));
              }
            });
    return objects;
  }
}
