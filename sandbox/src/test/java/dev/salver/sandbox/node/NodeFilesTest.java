package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.kube.KubeObject;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What a container finds in its files and environment. */
class NodeFilesTest extends RunningNode {
  @Test
  void initContainersFillAVolumeBeforeTheContainerStarts() throws Exception {
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: demo}
            data: {greeting: hello}
            """));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: demo}
            data: {token: c2VjcmV0}
            """));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: two, namespace: demo}
            spec:
              restartPolicy: Never
              volumes:
              - {name: model, emptyDir: {}}
              - {name: keys, secret: {secretName: keys}}
              initContainers:
              - name: fetch
                image: test:sh
                args: ["echo weights > /mnt/models/m.bin"]
                volumeMounts: [{name: model, mountPath: /mnt/models}]
              containers:
              - name: main
                image: test:sh
                args: ["cat $MODEL /etc/keys/token; echo $GREETING $ME; stat -c %a /etc/keys/token"]
                env:
                - {name: MODEL, value: /mnt/models/m.bin}
                - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - name: GREETING
                  valueFrom: {configMapKeyRef: {name: settings, key: greeting}}
                volumeMounts:
                - {name: model, mountPath: /mnt/models, readOnly: true}
                - {name: keys, mountPath: /etc/keys}
            """));
    KubeObject pod =
        Until.gives(
                "the end",
                () -> pod("two"),
                p -> p.get().status().path("phase").asText().equals("Succeeded"))
            .get();
    String log = Files.readString(node.logFiles("demo", "two", "main").get().current());
    assertEquals("weights\nsecrethello two\n600\n", log);
    assertEquals(
        "Completed",
        pod.status()
            .path("initContainerStatuses")
            .path(0)
            .path("state")
            .path("terminated")
            .path("reason")
            .asText());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(
                PodFolder.of(state, pod).path().resolve("volumes/keys/token"))));
  }

  @Test
  void aMissingConfigMapHoldsTheContainerUntilItIsThere() throws Exception {
    KubeObject pod = Pods.shell("late", "echo $A; sleep 60");
    ((com.fasterxml.jackson.databind.node.ObjectNode) pod.spec().path("containers").path(0))
        .putArray("envFrom")
        .addObject()
        .putObject("configMapRef")
        .put("name", "settings");
    Pods.put(api, pod);
    Until.gives(
        "the reason",
        () -> container("late").path("state").path("waiting"),
        n ->
            n.path("reason").asText().equals("CreateContainerConfigError")
                && n.path("message").asText().contains("\"settings\" not found"));
    Pods.put(
        api,
        Pods.object(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: demo}
            data: {A: b}
            """));
    ready("late");
  }
}
