package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Volumes of a revision template: which kinds are let through and what each must say. */
final class VolumeRules {
  /** Kinds behind a flag: the flag and the name that messages use. */
  private record Gated(String flag, String words) {}

  private static final Map<String, Gated> OPTIONAL = new LinkedHashMap<>();

  static {
    OPTIONAL.put("image", new Gated("kubernetes.podspec-volumes-image", "Image"));
    OPTIONAL.put("emptyDir", new Gated("kubernetes.podspec-volumes-emptydir", "EmptyDir"));
    OPTIONAL.put("hostPath", new Gated("kubernetes.podspec-volumes-hostpath", "HostPath"));
    OPTIONAL.put("csi", new Gated("kubernetes.podspec-volumes-csi", "CSI"));
    OPTIONAL.put("ephemeral", new Gated("kubernetes.podspec-volumes-ephemeral", "Ephemeral"));
  }

  private static final String CLAIM = "persistentVolumeClaim";
  private static final String CLAIM_FLAG = "kubernetes.podspec-persistent-volume-claim";
  private static final Set<String> ALWAYS = Set.of("name", "secret", "configMap", "projected");

  private VolumeRules() {}

  static FieldErrors check(JsonNode volumes, Set<String> mounted, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    var names = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      String name = volume.path("name").asText("");
      FieldErrors found = FieldErrors.NONE;
      if (!names.add(name)) {
        found = found.and(FieldErrors.of("duplicate volume name \"" + name + "\"", "name"));
      }
      if (!mounted.contains(name)) {
        found = found.and(FieldErrors.of("volume with name \"" + name + "\" not mounted", "name"));
      }
      errors = errors.and(found.and(volume(volume, name, features)).via("volumes", i));
    }
    return errors;
  }

  private static FieldErrors volume(JsonNode volume, String name, KnativeFeatures features) {
    FieldErrors errors = claim(volume.path(CLAIM), features);
    var allowed = new HashSet<>(ALWAYS);
    for (var kind : OPTIONAL.entrySet()) {
      if (features.allows(kind.getValue().flag)) {
        allowed.add(kind.getKey());
      } else if (volume.hasNonNull(kind.getKey())) {
        String words = kind.getValue().words;
        errors =
            errors.and(
                FieldErrors.of(
                    words + " volume support is disabled, but found " + words + " volume " + name,
                    ""));
      }
    }
    if (features.allows(CLAIM_FLAG)) {
      allowed.add(CLAIM);
    }
    errors = errors.and(FieldErrors.onlyAllows(volume, allowed));
    if (name.isEmpty()) {
      errors = FieldErrors.missing("name");
    } else if (!DnsNames.isLabel1123(name)) {
      errors = FieldErrors.invalid(name, "name");
    }
    return errors.and(contents(volume)).and(oneKind(volume, features));
  }

  private static FieldErrors claim(JsonNode claim, KnativeFeatures features) {
    FieldErrors errors = FieldErrors.NONE;
    if (!claim.isObject()) {
      return errors;
    }
    String name = claim.path("claimName").asText();
    if (!features.allows(CLAIM_FLAG)) {
      errors =
          FieldErrors.of(
              "Persistent volume claim support is disabled, but found persistent volume claim "
                  + name);
    }
    if (!claim.path("readOnly").asBoolean()
        && !features.allows("kubernetes.podspec-persistent-volume-write")) {
      errors =
          errors.and(
              FieldErrors.of(
                  "Persistent volume write support is disabled, but found persistent volume claim "
                      + name
                      + " that is not read-only"));
    }
    return errors;
  }

  private static FieldErrors contents(JsonNode volume) {
    FieldErrors errors =
        items(volume.path("secret").path("items"))
            .and(items(volume.path("configMap").path("items")));
    JsonNode sources = volume.path("projected").path("sources");
    for (int i = 0; i < sources.size(); i++) {
      errors = errors.and(projection(sources.get(i)).via("projected", i));
    }
    JsonNode medium = volume.path("emptyDir").path("medium");
    if (!Set.of("", "Memory").contains(medium.asText(""))) {
      errors = errors.and(FieldErrors.invalid(medium.asText(), "medium").via("emptyDir"));
    }
    return errors;
  }

  private static FieldErrors items(JsonNode items) {
    FieldErrors errors = FieldErrors.NONE;
    for (int i = 0; i < items.size(); i++) {
      for (String field : new String[] {"key", "path"}) {
        if (items.get(i).path(field).asText("").isEmpty()) {
          errors = errors.and(FieldErrors.missing(field).via("items", i));
        }
      }
    }
    return errors;
  }

  private static FieldErrors projection(JsonNode source) {
    var kinds = new ArrayList<String>();
    FieldErrors errors = FieldErrors.NONE;
    for (String kind : new String[] {"secret", "configMap", "serviceAccountToken", "downwardAPI"}) {
      JsonNode value = source.path(kind);
      if (!value.isObject()) {
        continue;
      }
      kinds.add(kind);
      String needed = kind.equals("serviceAccountToken") ? "path" : "name";
      if (!kind.equals("downwardAPI") && value.path(needed).asText("").isEmpty()) {
        errors = errors.and(FieldErrors.missing(needed).via(kind));
      }
      if (needed.equals("name") && !kind.equals("downwardAPI")) {
        errors = errors.and(items(value.path("items")).via(kind));
      }
    }
    return errors.and(
        one(kinds, new String[] {"secret", "configMap", "serviceAccountToken", "downwardAPI"}));
  }

  private static FieldErrors oneKind(JsonNode volume, KnativeFeatures features) {
    var kinds = new ArrayList<String>();
    var possible = new ArrayList<>(List.of("secret", "configMap", "projected"));
    for (String kind :
        new String[] {
          "secret",
          "configMap",
          "projected",
          "emptyDir",
          CLAIM,
          "hostPath",
          "csi",
          "ephemeral",
          "image"
        }) {
      if (volume.hasNonNull(kind)) {
        kinds.add(kind);
      }
      Gated optional = OPTIONAL.get(kind);
      if ((optional != null && features.allows(optional.flag))
          || (kind.equals(CLAIM) && features.allows(CLAIM_FLAG))) {
        possible.add(kind);
      }
    }
    return one(kinds, possible.toArray(String[]::new));
  }

  private static FieldErrors one(List<String> found, String[] possible) {
    if (found.isEmpty()) {
      return FieldErrors.of("expected exactly one, got neither", possible);
    }
    return found.size() == 1
        ? FieldErrors.NONE
        : FieldErrors.of("expected exactly one, got both", found.toArray(String[]::new));
  }
}
