package dev.salver.reconciler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Drift is a change of what we own, and of nothing else. */
class OwnedFieldsTest {
  private static final String LIVE =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment",
       "metadata": {"name": "d", "finalizers": ["ours", "theirs"], "managedFields": [
         {"manager": "salver-git", "operation": "Apply", "fieldsV1": {
           "f:metadata": {"f:finalizers": {"v:\\"ours\\"": {}}},
           "f:spec": {
             "f:paused": {},
             "f:args": {},
             "f:template": {"f:spec": {"f:containers": {
               "k:{\\"name\\":\\"main\\"}": {".": {}, "f:name": {}, "f:image": {},
                 "f:ports": {"k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":
                   {".": {}, "f:containerPort": {}}}}}}}}}},
         {"manager": "salver-git", "operation": "Apply", "subresource": "status",
           "fieldsV1": {"f:status": {"f:replicas": {}}}}]},
       "spec": {"paused": false, "replicas": 1, "args": ["a", "b"],
         "template": {"spec": {"containers": [
           {"name": "sidecar", "image": "x"},
           {"name": "main", "image": "one", "imagePullPolicy": "Always",
            "ports": [{"containerPort": 8080, "protocol": "TCP"}]}]}}},
       "status": {"replicas": 1}}
      """;

  private static KubeObject live() {
    return new KubeObject((ObjectNode) Json.parse(LIVE));
  }

  private static String after(Consumer<ObjectNode> change) {
    KubeObject object = live();
    change.accept(object.tree());
    return OwnedFields.digest(object, "salver-git");
  }

  private static ArrayNode array(ObjectNode tree, String pointer) {
    return (ArrayNode) tree.at(pointer);
  }

  private static ObjectNode at(ObjectNode tree, String pointer) {
    return (ObjectNode) tree.at(pointer);
  }

  @Test
  void whatOthersOwnMayChange() {
    String before = OwnedFields.digest(live(), "salver-git");
    assertEquals(before, after(tree -> at(tree, "/spec").put("replicas", 9)));
    assertEquals(before, after(tree -> at(tree, "/status").put("replicas", 9)));
    assertEquals(
        before, after(tree -> at(tree, "/spec/template/spec/containers/0").put("image", "y")));
    assertEquals(
        before,
        after(
            tree -> at(tree, "/spec/template/spec/containers/1").put("imagePullPolicy", "Never")));
    assertEquals(before, after(tree -> array(tree, "/metadata/finalizers").insert(0, "new")));
  }

  @Test
  void whatWeOwnMayNot() {
    String before = OwnedFields.digest(live(), "salver-git");
    assertNotEquals(before, after(tree -> at(tree, "/spec").put("paused", true)));
    assertNotEquals(before, after(tree -> at(tree, "/spec").remove("paused")));
    assertNotEquals(before, after(tree -> array(tree, "/spec/args").add("c")));
    assertNotEquals(
        before, after(tree -> at(tree, "/spec/template/spec/containers/1").put("image", "two")));
    assertNotEquals(
        before,
        after(
            tree ->
                at(tree, "/spec/template/spec/containers/1/ports/0").put("containerPort", 9090)));
    assertNotEquals(before, after(tree -> array(tree, "/metadata/finalizers").remove(0)));
    assertNotEquals(before, after(tree -> at(tree, "/metadata").remove("managedFields")));
  }

  @Test
  void theStatusSubresourceIsSomethingElse() {
    KubeObject object = live();
    array(object.tree(), "/metadata/managedFields").remove(0);
    assertFalse(OwnedFields.has(object, "salver-git"));
    assertTrue(OwnedFields.has(live(), "salver-git"));
    assertEquals("", OwnedFields.digest(live(), "somebody"));
  }
}
