package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.compiler.check.Amounts;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Gvk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code cache}: keeps an artifact on the nodes of a group, as a LocalModelNamespaceCache (KServe
 * v0.20). The source of one can't change, so that the name tells it.
 */
final class ModelCaches {
  private static final Gvk GVK =
      new Gvk("serving.kserve.io", "v1alpha1", "LocalModelNamespaceCache");
  private static final int HASH = 8;
  private static final int NAME = 63;

  private ModelCaches() {}

  static Manifest of(ModelPlan model, String namespace, String uri) {
    String hash = hash(uri);
    String stem = model.name();
    int longest = NAME - HASH - 1;
    String name = (stem.length() > longest ? stem.substring(0, longest) : stem) + "-" + hash;
    var draft = new Draft(GVK, namespace, name, model.settings());
    model
        .settings()
        .value(Path.of("cache", "size"))
        .ifPresent(
            size ->
                draft.put(
                    Path.of("cache", "size"),
                    new TextNode(Amounts.size((Value.Size) size)),
                    "spec",
                    "modelSize"));
    List<String> groups = model.settings().texts("cache", "groups");
    ArrayNode nodeGroups = draft.at("spec").putArray("nodeGroups");
    groups.forEach(nodeGroups::add);
    draft.origin(Path.of("cache", "groups"), "spec", "nodeGroups");
    model
        .settings()
        .text("identity")
        .ifPresent(
            account -> draft.put(Path.of("identity"), account, "spec", "serviceAccountName"));
    draft.put(Path.of("from"), uri, "spec", "sourceModelUri");
    return draft.withoutRaw();
  }

  private static String hash(String uri) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
