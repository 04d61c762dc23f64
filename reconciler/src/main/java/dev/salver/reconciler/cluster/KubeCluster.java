package dev.salver.reconciler.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import io.fabric8.kubernetes.client.Config;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/** A cluster over HTTPS. */
public final class KubeCluster implements Cluster {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String JSON = "application/json";
  private static final int PAGE = 500;
  private static final int CONFLICT_TRIES = 3;
  private static final int LIST_TRIES = 3;

  private final Transport transport;
  private final Discovery discovery;

  private KubeCluster(Config config) {
    this.transport = new Transport(config);
    this.discovery = new Discovery(transport);
  }

  /**
   * The cluster that a kubeconfig file names; asks nothing of it yet.
   *
   * @param context empty for the file's current one
   */
  public static KubeCluster fromKubeconfig(Path file, String context) {
    return new KubeCluster(KubeConfigs.file(file, context));
  }

  /** The cluster whose pod we are. */
  public static KubeCluster inCluster() {
    return new KubeCluster(KubeConfigs.inCluster());
  }

  /** The API server's address. */
  public String server() {
    return transport.server();
  }

  @Override
  public Optional<KubeObject> get(ObjectKey key) {
    Optional<ResourceType> type = discovery.type(key.gvk());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Answer answer = transport.send("GET", path(type.get(), key), "", "");
    if (answer.code() == 404) {
      return Optional.empty();
    }
    return Optional.of(orThrow(answer, "read", key.toString()).object(transport.server()));
  }

  @Override
  public Listing list(ResourceType type, String namespace, String labelSelector) {
    String path =
        type.path(namespace)
            + "?limit="
            + PAGE
            + (labelSelector.isEmpty() ? "" : "&labelSelector=" + encoded(labelSelector));
    for (int attempt = 1; attempt <= LIST_TRIES; attempt++) {
      Optional<Listing> listing = pages(type, path);
      if (listing.isPresent()) {
        return listing.get();
      }
    }
    throw new ClusterException(
        "Cannot list " + type.plural() + ": the server forgets the list between two pages");
  }

  /** Empty where the server forgot the list in the middle of it. */
  private Optional<Listing> pages(ResourceType type, String path) {
    var items = new ArrayList<KubeObject>();
    String more = "";
    while (true) {
      Answer answer = transport.send("GET", path + more, "", "");
      if (answer.code() == 410 && !more.isEmpty()) {
        return Optional.empty();
      }
      JsonNode list = orThrow(answer, "list", type.plural()).json();
      for (JsonNode item : list.path("items")) {
        items.add(new KubeObject(complete((ObjectNode) item, type.gvk())));
      }
      String next = list.path("metadata").path("continue").asText();
      if (next.isEmpty()) {
        return Optional.of(
            new Listing(items, list.path("metadata").path("resourceVersion").asText()));
      }
      more = "&continue=" + encoded(next);
    }
  }

  /** Items of a list come without what the list itself says. */
  private static ObjectNode complete(ObjectNode item, Gvk gvk) {
    if (item.has("kind")) {
      return item;
    }
    ObjectNode whole = Json.object();
    whole.put("apiVersion", gvk.apiVersion()).put("kind", gvk.kind());
    return whole.setAll(item);
  }

  @Override
  public AutoCloseable watch(
      ResourceType type, String namespace, String resourceVersion, Watcher watcher) {
    var watch = new HttpWatch(transport, watcher);
    watch.open(
        type.path(namespace)
            + "?watch=true&allowWatchBookmarks=true&resourceVersion="
            + encoded(resourceVersion));
    return watch;
  }

  @Override
  public Write apply(KubeObject desired, String fieldManager, boolean force) {
    return patch(desired, "", fieldManager, force);
  }

  @Override
  public Write applyStatus(KubeObject desired, String fieldManager) {
    return patch(desired, "/status", fieldManager, true);
  }

  private Write patch(KubeObject desired, String subresource, String fieldManager, boolean force) {
    ObjectKey key = desired.key();
    Optional<ResourceType> type = discovery.type(key.gvk());
    if (type.isEmpty()) {
      return new Write.Refused(
          404,
          "the cluster does not serve kind "
              + key.gvk().kind()
              + " of "
              + key.gvk().apiVersion()
              + "; is its definition installed?");
    }
    String path =
        path(type.get(), key)
            + subresource
            + "?fieldManager="
            + encoded(fieldManager)
            + "&force="
            + force;
    String body = Json.write(desired.tree());
    for (int attempt = 1; ; attempt++) {
      Answer answer = transport.send("PATCH", path, APPLY, body);
      if (answer.ok()) {
        return new Write.Applied(answer.object(transport.server()));
      }
      if (answer.code() == 409 && !answer.fieldConflicts().isEmpty()) {
        return new Write.Contested(
            "other field managers hold " + String.join(", ", answer.fieldConflicts()));
      }
      boolean ours = answer.code() == 409 && !desired.metadata().has("resourceVersion");
      if (ours && attempt < CONFLICT_TRIES) {
        continue;
      }
      if (answer.code() >= 400 && answer.code() < 500 && answer.code() != 429) {
        return new Write.Refused(answer.code(), answer.message());
      }
      throw new ClusterException("Cannot apply " + key + ": " + answer.message());
    }
  }

  @Override
  public boolean delete(ObjectKey key, String uid) {
    Optional<ResourceType> type = discovery.type(key.gvk());
    if (type.isEmpty()) {
      return false;
    }
    ObjectNode options = Json.object();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Background");
    if (!uid.isEmpty()) {
      options.putObject("preconditions").put("uid", uid);
    }
    Answer answer = transport.send("DELETE", path(type.get(), key), JSON, Json.write(options));
    if (answer.code() == 404 || answer.code() == 409) {
      return false;
    }
    orThrow(answer, "delete", key.toString());
    return true;
  }

  @Override
  public void event(KubeObject regarding, String type, String reason, String message) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String namespace = regarding.namespace().isEmpty() ? "default" : regarding.namespace();
    ObjectNode event = Json.object();
    event.put("apiVersion", "v1").put("kind", "Event");
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("generateName", regarding.name() + ".").put("namespace", namespace);
    ObjectNode about = event.putObject("involvedObject");
    about.put("apiVersion", regarding.gvk().apiVersion()).put("kind", regarding.kind());
    about.put("namespace", regarding.namespace()).put("name", regarding.name());
    about.put("uid", regarding.uid()).put("resourceVersion", regarding.resourceVersion());
    event.put("type", type).put("reason", reason).put("message", message);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.putObject("source").put("component", "salver");
    event.put("reportingComponent", "salver").put("reportingInstance", "salver");
    try {
      transport.send("POST", ResourceTypes.EVENT.path(namespace), JSON, Json.write(event));
    } catch (ClusterException e) {
      System.getLogger(KubeCluster.class.getName())
          .log(System.Logger.Level.DEBUG, "An event was not recorded", e);
    }
  }

  /**
   * Copies a container's log to a stream until the server ends it.
   *
   * @param query the parameters of {@code pods/log}, such as {@code follow=true&tailLines=100}
   */
  public void podLog(String namespace, String pod, String query, OutputStream out) {
    String path = ResourceTypes.POD.path(namespace) + "/" + encoded(pod) + "/log?" + query;
    LogStream.copy(transport, path, out);
  }

  @Override
  public boolean serves(ResourceType type) {
    return discovery.serves(type);
  }

  @Override
  public void close() {
    transport.close();
  }

  private Answer orThrow(Answer answer, String verb, String what) {
    if (answer.ok()) {
      return answer;
    }
    if (answer.code() == 403) {
      throw ClusterException.forbidden(Explain.forbidden(transport.server(), answer));
    }
    throw new ClusterException("Cannot " + verb + " " + what + ": " + answer.message());
  }

  private static String path(ResourceType type, ObjectKey key) {
    return type.path(key.namespace()) + "/" + encoded(key.name());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
