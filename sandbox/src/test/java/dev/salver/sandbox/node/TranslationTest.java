package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests as they are rendered, in terms of this machine. */
final class TranslationTest {
  private static final PodPorts PORTS = new PodPorts(Map.of(8080, 20_001, 9000, 20_002));

  @Test
  void pathsUnderAMountLieInThePodsFolder() throws Exception {
    Translation translation =
        translation(
            """
            volumeMounts:
            - {name: model, mountPath: /mnt/models/}
            - {name: model, mountPath: /mnt/models/extra, subPath: e}
            """);
    assertEquals("/v/model", translation.text("/mnt/models"));
    assertEquals("/v/model/m.onnx", translation.text("/mnt/models/m.onnx"));
    assertEquals("--dir=/v/model", translation.text("--dir=/mnt/models"));
    assertEquals("file:///v/model/x", translation.text("file:///mnt/models/x"));
    assertEquals("a=/v/model:/v/model/e/b", translation.text("a=/mnt/models:/mnt/models/extra/b"));
    assertEquals("/mnt/models2", translation.text("/mnt/models2"));
    assertEquals("/x/mnt/models", translation.text("/x/mnt/models"));
    assertEquals("/t", translation.text("/dev/termination-log"));
  }

  @Test
  void portsAreThoseThatThePodReallyHas() throws Exception {
    Translation translation = translation("{}");
    assertEquals(
        List.of("--http_port=20001", "--grpc-port", "20002", "--workers", "8080", "--port=1234"),
        translation.arguments(
            List.of(
                "--http_port=8080", "--grpc-port", "9000", "--workers", "8080", "--port=1234")));
    assertEquals("http://127.0.0.1:20001/x", translation.text("http://localhost:8080/x"));
    assertEquals("localhost:5000", translation.text("localhost:5000"));
    assertEquals("10.127.0.0.1:8080", translation.text("10.127.0.0.1:8080"));
  }

  @Test
  void aMountThatLeadsOutOfItsVolumeIsRefused() {
    assertThrows(
        Unstartable.class,
        () -> translation("volumeMounts: [{name: model, mountPath: /m, subPath: ../../x}]"));
    assertThrows(
        Unstartable.class, () -> translation("volumeMounts: [{name: other, mountPath: /m}]"));
  }

  @Test
  void referencesAreExpandedAsKubernetesDoes() {
    Map<String, String> values = Map.of("A", "1");
    assertEquals("1 $(B) $(A) $", Environment.expand("$(A) $(B) $$(A) $", values));
  }

  @Test
  void quantitiesAreNumbers() {
    Map.of("500m", "0.500", "2Gi", "2147483648", "1k", "1000", "1.5", "1.5", "x", "0")
        .forEach(
            (text, number) -> assertEquals(new BigDecimal(number), Environment.quantity(text)));
  }

  @Test
  void portsThatOnlyAProbeOrTheEnvironmentNamesCountToo() {
    assertEquals(8080, PodPorts.main(container("{}")));
    assertEquals(9000, PodPorts.main(container("readinessProbe: {tcpSocket: {port: 9000}}")));
    assertEquals(7000, PodPorts.main(container("env: [{name: PORT, value: '7000'}]")));
    assertEquals(
        8081, PodPorts.main(container("ports: [{containerPort: 8081}, {containerPort: 9000}]")));
  }

  @Test
  void backOffDoublesUpToItsBoundAndForgetsAfterACalmRun() {
    BackOff backOff =
        new BackOff(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(10), 0);
    long[] expected = {200, 400, 800, 1000, 1000};
    for (long millis : expected) {
      backOff = backOff.after(Duration.ofSeconds(1));
      assertEquals(millis, backOff.delay().toMillis());
    }
    assertEquals(200, backOff.after(Duration.ofMinutes(10)).delay().toMillis());
  }

  private static Translation translation(String container) throws Unstartable {
    return Translation.of(
        container(container), Map.of("model", Path.of("/v/model")), Path.of("/t"), PORTS);
  }

  private static JsonNode container(String yaml) {
    return Pods.object(yaml).tree();
  }
}
