package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.StoragePlan;
import dev.salver.compiler.check.StoragePlan.Bucket;
import dev.salver.compiler.check.StoragePlan.Mount;
import dev.salver.compiler.overlay.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model's sources in the three forms that KServe has: {@code storageUri}; {@code storageUris} for
 * several; {@code storage} with a key of the storage secret (KServe v0.20).
 */
final class Storages {
  private static final Path FROM = Path.of("from");
  private static final Path CREDENTIALS = Path.of("credentials");

  private Storages() {}

  static void write(Draft draft, ModelPlan model, Optional<String> uri) {
    if (!model.storage().mounts().isEmpty()) {
      several(draft, model.storage().mounts(), uri);
    } else if (model.storage().bucket().isPresent()) {
      bucket(draft, model.storage().bucket().get());
    } else {
      uri.ifPresent(source -> draft.put(FROM, source, "spec", "predictor", "model", "storageUri"));
    }
  }

  private static void several(Draft draft, List<Mount> mounts, Optional<String> uri) {
    ArrayNode uris = draft.at("spec", "predictor").putArray("storageUris");
    uri.ifPresent(
        source -> {
          mount(uris, StoragePlan.MODEL_FOLDER, source);
          draft.origin(FROM, "spec", "predictor", "storageUris", "0");
        });
    for (Mount mount : mounts) {
      draft.origin(
          Path.of("mounts", mount.folder()),
          "spec",
          "predictor",
          "storageUris",
          Integer.toString(uris.size()));
      mount(uris, mount.folder(), StorageUris.of(mount.source()));
    }
  }

  private static void mount(ArrayNode uris, String folder, String source) {
    uris.addObject().put("mountPath", folder).put("uri", source);
  }

  private static void bucket(Draft draft, Bucket bucket) {
    String[] at = {"spec", "predictor", "model", "storage"};
    ObjectNode storage = draft.at(at);
    draft.put(CREDENTIALS, bucket.key(), "spec", "predictor", "model", "storage", "key");
    storage
        .putObject("parameters")
        .put(bucket.type().equals("hdfs") ? "namenode" : "bucket", bucket.name())
        .put("type", bucket.type());
    draft.put(FROM, bucket.path(), "spec", "predictor", "model", "storage", "path");
  }
}
