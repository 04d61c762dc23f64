package dev.salver.sandbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl against the HTTPS face, where this machine has one. */
final class KubectlTest {
  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: "a:1"}]}
      ---
      apiVersion: serving.kserve.io/v1beta1
      kind: InferenceService
      metadata: {name: iris}
      spec: {predictor: {model: {modelFormat: {name: sklearn}, storageUri: "gs://b/iris"}}}
      """;

  @TempDir Path temp;

  @Test
  void kubectlWorksAsWithACluster() throws Exception {
    if (!isThere()) {
      System.out.println("kubectl was not tried: there is none on the PATH.");
      return;
    }
    Path manifest = Files.writeString(temp.resolve("app.yaml"), MANIFEST);
    try (var target = new Target.Https()) {
      target.server().writeKubeconfig(temp.resolve("kubeconfig"));
      String app = manifest.toString();
      assertTrue(kubectl("api-resources").contains("inferenceservices"));
      assertTrue(kubectl("apply", "-f", app).contains("deployment.apps/web created"));
      assertTrue(kubectl("apply", "-f", app).contains("deployment.apps/web unchanged"));
      assertTrue(kubectl("get", "deploy,isvc").contains("web"));
      assertTrue(kubectl("get", "deploy", "web", "-o", "yaml").contains("image: a:1"));
      assertTrue(kubectl("describe", "deploy", "web").contains("2 desired"));
      kubectl("apply", "--server-side", "-f", app);
      kubectl("label", "deploy", "web", "tier=front");
      kubectl("patch", "deploy", "web", "-p", "{\"spec\":{\"minReadySeconds\":1}}");
      kubectl("scale", "deploy", "web", "--replicas=3");
      assertEquals(
          "3 front 1",
          kubectl(
              "get",
              "deploy",
              "web",
              "-o",
              "jsonpath={.spec.replicas} {.metadata.labels.tier} {.spec.minReadySeconds}"));
      assertTrue(kubectl("explain", "isvc").contains("InferenceService"));
      assertTrue(kubectl("delete", "-f", app).contains("\"iris\" deleted"));
      assertTrue(kubectl("get", "deploy").contains("No resources found"));
    }
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl", "--cache-dir", temp.resolve("c").toString()));
    command.addAll(List.of("--kubeconfig", temp.resolve("kubeconfig").toString()));
    command.addAll(List.of(arguments));
    Path output = temp.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> command + " does not end");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), () -> command + ": " + text);
    return text;
  }

  private static boolean isThere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("kubectl", "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
