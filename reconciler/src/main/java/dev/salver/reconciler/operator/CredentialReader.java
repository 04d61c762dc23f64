package dev.salver.reconciler.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.cluster.ClusterException;
import dev.salver.reconciler.serving.CredentialNeed;
import dev.salver.reconciler.serving.Rendering.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gets the ServiceAccounts and Secrets that a service's storage needs, one by one: nothing is
 * listed or watched, and nothing of a Secret's values enters a message.
 */
final class CredentialReader {
  private static final int MOST_SECRETS = 32;
  private static final String DEFAULT = "default";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private final Cluster cluster;

  CredentialReader(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What was read.
   *
   * @param incomplete whether something was missing or forbidden, and looking again may help
   */
  record Result(List<KubeObject> objects, List<Notice> notices, boolean incomplete) {}

  /**
   * Reads what is needed; what is missing, forbidden or not carried is a notice.
   *
   * @throws ClusterException where the server did not answer: rendering without credentials would
   *     replace pods that have them
   */
  Result read(String namespace, Set<CredentialNeed> needs) {
    var reading = new Reading(namespace);
    for (CredentialNeed need : needs) {
      if (!need.secret().isEmpty()) {
        reading.secret(need.secret(), "an annotation names it");
      } else {
        reading.account(need.account());
      }
    }
    return new Result(
        List.copyOf(reading.found.values()), List.copyOf(reading.notices), reading.incomplete);
  }

  private final class Reading {
    final String namespace;
    final Map<ObjectKey, KubeObject> found = new LinkedHashMap<>();
    final List<Notice> notices = new ArrayList<>();
    boolean incomplete;

    Reading(String namespace) {
      this.namespace = namespace;
    }

    void account(String name) {
      Optional<KubeObject> account =
          get(ResourceTypes.SERVICE_ACCOUNT, name, "the pods are to run as it");
      if (account.isEmpty()) {
        return;
      }
      List<JsonNode> listed = Trees.items(account.get().tree().path("secrets"));
      listed.stream()
          .limit(MOST_SECRETS)
          .forEach(
              secret ->
                  secret(secret.path("name").asText(), "ServiceAccount " + name + " lists it"));
      if (listed.size() > MOST_SECRETS) {
        warn(
            "CredentialsNotCarried",
            "ServiceAccount %s lists %d Secrets; only the first %d are read"
                .formatted(name, listed.size(), MOST_SECRETS));
      }
    }

    void secret(String name, String why) {
      get(ResourceTypes.SECRET, name, why)
          .filter(secret -> secret.tree().path("data").has("https-host"))
          .ifPresent(
              secret ->
                  warn(
                      "CredentialsNotCarried",
                      "Secret "
                          + name
                          + " holds HTTP headers for a host (https-host); they are not given to"
                          + " pods, since they would stand there in plain"));
    }

    private Optional<KubeObject> get(ResourceType type, String name, String why) {
      String what = type.gvk().kind() + " " + name;
      if (!NAME.matcher(name).matches()) {
        warn("CredentialsMissing", what + ": that is not a name (" + why + ")");
        return Optional.empty();
      }
      var key = new ObjectKey(type.gvk(), namespace, name);
      if (found.containsKey(key)) {
        return Optional.of(found.get(key));
      }
      try {
        Optional<KubeObject> read = cluster.get(key);
        read.ifPresentOrElse(
            object -> found.put(key, object),
            () -> {
              incomplete = true;
              // Every namespace gets this one, a moment later; whoever named none misses none.
              if (!key.equals(
                  new ObjectKey(ResourceTypes.SERVICE_ACCOUNT.gvk(), namespace, DEFAULT))) {
                warn(
                    "CredentialsMissing",
                    "%s does not exist in namespace %s (%s); the model is fetched without its"
                            .formatted(what, namespace, why)
                        + " credentials");
              }
            });
        return read;
      } catch (ClusterException e) {
        if (!e.isForbidden()) {
          throw e;
        }
        incomplete = true;
        warn(
            "CredentialsForbidden",
            "%s may not be read (%s); the model is fetched without its credentials. Grant get on %s"
                    .formatted(what, why, type.plural())
                + " in namespace "
                + namespace
                + " to the reconciler");
        return Optional.empty();
      }
    }

    private void warn(String reason, String message) {
      var notice = new Notice("Warning", reason, message);
      if (!notices.contains(notice)) {
        notices.add(notice);
      }
    }
  }
}
