package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.kserve.StorageRules;
import dev.salver.kube.kserve.StorageRules.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the model into a pod, where KServe does it by a pod webhook: a storage initializer before
 * the containers, a claim mounted directly, an image beside them, or, for a runtime that fetches
 * for itself, one variable and an empty folder.
 */
final class Storage {
  private static final String VOLUME = "kserve-provision-location";
  private static final String CLAIM_VOLUME = "kserve-pvc-source";
  private static final String STORAGE_URI = "STORAGE_URI";

  private Storage() {}

  /** Changes the workload's pod; empty where all was done. */
  static Optional<Failure> place(Workload workload, Job job) {
    ObjectNode pod = workload.pod();
    List<Placed> several = StorageRules.placed(workload.component());
    if (!several.isEmpty()) {
      return several(workload, several, job);
    }
    String uri =
        workload.fetchesItself()
            ? workload.component().storageUri().orElse("")
            : workload.annotations().getOrDefault(Keys.SOURCE_URI, "");
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    List<ObjectNode> readers = readers(pod);
    if (readers.isEmpty()) {
      return Optional.of(Failure.ofSpec("Invalid configuration: cannot find container"));
    }
    boolean readOnly = readOnly(workload);
    if (uri.startsWith("pvc://")) {
      claim(pod, readers, uri, readOnly);
    } else if (workload.fetchesItself()) {
      ObjectNode main = readers.getFirst();
      PodEdits.setEnv(main, STORAGE_URI, uri);
      Credentials.add(workload, job, main);
      PodEdits.mount(main, VOLUME, Keys.MODEL_PATH, "", false);
      PodEdits.emptyDir(pod, VOLUME);
      return Optional.empty();
    } else if (uri.startsWith("oci")) {
      return Modelcar.add(pod, readers, uri, job.config());
    } else if (uri.startsWith("<scheme-placeholder>://")) {
      return Optional.of(
          Failure.of(
              "StorageSpecNotCarried",
              "predictor.model.storage is not rendered: its location stands in a Secret. Write"
                  + " storageUri and give the credentials by a service account"));
    } else {
      readers.forEach(c -> PodEdits.mount(c, VOLUME, Keys.MODEL_PATH, "", readOnly));
      initializer(
          workload, job, List.of(new Placed(uri, Keys.MODEL_PATH)), VOLUME, Keys.MODEL_PATH);
    }
    Trees.named(readers.getFirst().path("env"), STORAGE_URI)
        .filter(env -> !env.path("value").asText().isEmpty())
        .ifPresent(env -> env.put("value", Keys.MODEL_PATH));
    return Optional.empty();
  }

  private static Optional<Failure> several(Workload workload, List<Placed> all, Job job) {
    ObjectNode pod = workload.pod();
    List<ObjectNode> readers = readers(pod);
    if (readers.isEmpty()) {
      return Optional.of(Failure.ofSpec("Invalid configuration: cannot find container"));
    }
    boolean readOnly = readOnly(workload);
    var downloads = new ArrayList<Placed>();
    for (Placed one : all) {
      if (one.uri().startsWith("oci")) {
        return Optional.of(
            Failure.of(
                "OciInStorageUrisNotCarried",
                "oci:// among storageUris is not rendered; use storageUri for it"));
      }
      if (one.uri().startsWith("pvc://")) {
        String volume = volumeName(one.path());
        readers.forEach(c -> PodEdits.mount(c, volume, one.path(), "", readOnly));
        PodEdits.volume(pod, volume, "persistentVolumeClaim", claimOf(one.uri()));
      } else {
        downloads.add(one);
      }
    }
    if (!downloads.isEmpty()) {
      String parent = StorageRules.commonParent(downloads.stream().map(Placed::path).toList());
      String volume = volumeName(parent);
      readers.forEach(c -> PodEdits.mount(c, volume, parent, "", readOnly));
      initializer(workload, job, downloads, volume, parent);
    }
    return Optional.empty();
  }

  private static void initializer(
      Workload workload, Job job, List<Placed> sources, String volume, String path) {
    ObjectNode pod = workload.pod();
    ServingConfig config = job.config();
    ObjectNode init =
        Json.object()
            .put("name", Keys.STORAGE_INITIALIZER)
            .put("image", config.section("storageInitializer").path("image").asText());
    var args = new ArrayList<String>();
    sources.forEach(source -> args.addAll(List.of(source.uri(), source.path())));
    init.set("args", Trees.list(args));
    init.set("resources", config.resources("storageInitializer"));
    init.put("terminationMessagePolicy", "FallbackToLogsOnError");
    PodEdits.mount(init, volume, path, "", false);
    Credentials.add(workload, job, init);
    PodEdits.addEnv(init, Trees.pair("HF_HUB_ENABLE_HF_TRANSFER", "1"));
    PodEdits.addEnv(init, Trees.pair("HF_XET_HIGH_PERFORMANCE", "1"));
    PodEdits.addEnv(init, Trees.pair("HF_XET_NUM_CONCURRENT_RANGE_GETS", "8"));
    pod.withArrayProperty("initContainers").add(init);
    PodEdits.emptyDir(pod, volume);
  }

  private static void claim(
      ObjectNode pod, List<ObjectNode> readers, String uri, boolean readOnly) {
    String[] parts = uri.substring("pvc://".length()).split("/", 2);
    String subPath = parts.length > 1 ? parts[1] : "";
    readers.forEach(c -> PodEdits.mount(c, CLAIM_VOLUME, Keys.MODEL_PATH, subPath, readOnly));
    PodEdits.volume(pod, CLAIM_VOLUME, "persistentVolumeClaim", claimOf(uri));
  }

  private static ObjectNode claimOf(String uri) {
    return Json.object().put("claimName", uri.substring("pvc://".length()).split("/", 2)[0]);
  }

  /** The containers that read the model: the main one, and a transformer beside it. */
  private static List<ObjectNode> readers(ObjectNode pod) {
    var found = new ArrayList<ObjectNode>();
    PodEdits.container(pod, Keys.MAIN_CONTAINER).ifPresent(found::add);
    if (!found.isEmpty()) {
      PodEdits.container(pod, Keys.TRANSFORMER_CONTAINER).ifPresent(found::add);
    }
    return found;
  }

  private static boolean readOnly(Workload workload) {
    return !workload.annotations().getOrDefault(Keys.STORAGE_READONLY, "").equals("false");
  }

  private static String volumeName(String path) {
    return path.replaceAll("^/+|/+$", "").replace('/', '-');
  }
}
