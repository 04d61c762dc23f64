package dev.salver.cli.lock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockWriter;
import dev.salver.kube.Json;
import java.util.List;

/** What locking did, for scripts. */
public final class LockReport {
  private LockReport() {}

  /** {@code {"written", "artifacts": [{"source", "status", …}], "imports": […]}}. */
  public static String json(List<Change> changes, Lock lock, boolean written) {
    ObjectNode report = (ObjectNode) Json.parse("{}");
    report.put("written", written);
    ArrayNode artifacts = report.putArray("artifacts");
    ArrayNode imports = report.putArray("imports");
    for (Change change : changes) {
      ObjectNode node = (change.isImport() ? imports : artifacts).addObject();
      node.put("source", change.source());
      node.put("status", change.kind().word());
      if (!change.details().isEmpty()) {
        node.put("details", change.details());
      }
      if (change.isImport()) {
        pin(node, lock.imports().get(change.source()));
      } else {
        pin(node, lock.artifacts().get(change.source()));
      }
    }
    return Json.write(report);
  }

  private static void pin(ObjectNode node, Lock.@org.jspecify.annotations.Nullable Artifact pin) {
    if (pin != null) {
      node.put("digest", pin.digest());
      node.put("bytes", pin.bytes());
      pin.format().ifPresent(format -> node.put("format", format));
      pin.weightBytes().ifPresent(weights -> node.put("weights", weights));
      pin.signature()
          .ifPresent(signature -> node.put("signature", LockWriter.signature(signature)));
      node.put("lowerable", pin.isLowerable());
    }
  }

  private static void pin(ObjectNode node, Lock.@org.jspecify.annotations.Nullable Import pin) {
    if (pin != null) {
      node.put("digest", pin.digest());
      pin.revision().ifPresent(revision -> node.put("revision", revision));
    }
  }
}
