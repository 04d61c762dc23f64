package dev.salver.kube.knative;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Labels, annotations and derived names of Knative Serving. */
public final class KnativeNames {
  public static final String SERVICE = "serving.knative.dev/service";
  public static final String SERVICE_UID = "serving.knative.dev/serviceUID";
  public static final String CONFIGURATION = "serving.knative.dev/configuration";
  public static final String CONFIGURATION_UID = "serving.knative.dev/configurationUID";
  public static final String CONFIGURATION_GENERATION =
      "serving.knative.dev/configurationGeneration";
  public static final String REVISION = "serving.knative.dev/revision";
  public static final String REVISION_UID = "serving.knative.dev/revisionUID";
  public static final String ROUTE = "serving.knative.dev/route";
  public static final String ROUTES = "serving.knative.dev/routes";
  public static final String ROUTING_STATE = "serving.knative.dev/routingState";
  public static final String ROUTING_STATE_MODIFIED = "serving.knative.dev/routingStateModified";
  public static final String CREATOR = "serving.knative.dev/creator";
  public static final String LAST_MODIFIER = "serving.knative.dev/lastModifier";
  public static final String DEPLOYMENT_HASH = "serving.knative.dev/deployment-hash";
  public static final String NO_GC = "serving.knative.dev/no-gc";
  public static final String LAST_PINNED = "serving.knative.dev/lastPinned";
  public static final String PROGRESS_DEADLINE = "serving.knative.dev/progress-deadline";
  public static final String ROLLOUT_DURATION = "serving.knative.dev/rollout-duration";

  /** The older spelling, which Knative still reads. */
  public static final String OLD_ROLLOUT_DURATION = "serving.knative.dev/rolloutDuration";

  public static final String VISIBILITY = "networking.knative.dev/visibility";
  public static final String CLUSTER_LOCAL = "cluster-local";

  /** Prefix of every annotation that the autoscaler reads. */
  public static final String AUTOSCALING = "autoscaling.knative.dev";

  public static final String CLASS = "autoscaling.knative.dev/class";
  public static final String METRIC = "autoscaling.knative.dev/metric";
  public static final String MIN_SCALE = "autoscaling.knative.dev/min-scale";
  public static final String MAX_SCALE = "autoscaling.knative.dev/max-scale";
  public static final String INITIAL_SCALE = "autoscaling.knative.dev/initial-scale";
  public static final String KPA = "kpa.autoscaling.knative.dev";
  public static final String HPA = "hpa.autoscaling.knative.dev";

  /** The port of a container that names none. */
  public static final int DEFAULT_USER_PORT = 8080;

  private static final int LONGEST = 63;
  private static final int HEAD = LONGEST - 32;

  private KnativeNames() {}

  /** {@code hello-00001}: the revision that a generation of a Configuration makes. */
  public static String revision(String configuration, long generation) {
    return child(configuration, String.format(Locale.ROOT, "-%05d", generation));
  }

  /** The Deployment of a revision. */
  public static String deployment(String revision) {
    return child(revision, "-deployment");
  }

  /** The Service that selects a revision's pods. */
  public static String privateService(String revision) {
    return child(revision, "-private");
  }

  /** The host name's first part for a tag of a Route; an empty tag is the Route itself. */
  public static String tagged(String route, String tag) {
    return tag.isEmpty() ? route : tag + "-" + route;
  }

  /**
   * A child's name in at most 63 characters: where parent and suffix are longer together, the
   * parent is cut and its MD5 keeps the name unique (Knative, {@code kmeta.ChildName}).
   */
  public static String child(String parent, String suffix) {
    if (parent.length() <= LONGEST - suffix.length()) {
      return parent + suffix;
    }
    if (HEAD - suffix.length() > 0) {
      return parent.substring(0, HEAD - suffix.length()) + md5(parent) + suffix;
    }
    String name = parent.substring(0, Math.min(HEAD, parent.length())) + md5(parent + suffix);
    name += suffix.substring(0, Math.max(0, LONGEST - name.length()));
    int end = name.length();
    while (end > 0 && !isAlphanumeric(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** An annotation under its kebab name or, where that is absent, its older camel-case one. */
  public static Optional<Map.Entry<String, String>> scaling(
      Map<String, String> annotations, String kebabKey) {
    for (String key : List.of(kebabKey, camel(kebabKey))) {
      String value = annotations.get(key);
      if (value != null) {
        return Optional.of(Map.entry(key, value));
      }
    }
    return Optional.empty();
  }

  private static String camel(String kebab) {
    var result = new StringBuilder();
    int slash = kebab.indexOf('/');
    result.append(kebab, 0, slash + 1);
    boolean upper = false;
    for (char c : kebab.substring(slash + 1).toCharArray()) {
      if (c == '-') {
        upper = true;
      } else {
        result.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return result.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
