package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's environment as Kubernetes defines it: envFrom, env, references, expansion. */
final class Environment {
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([-._a-zA-Z0-9]+)\\))");
  private static final Pattern QUOTED =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

  private final Lookup lookup;

  Environment(Lookup lookup) {
    this.lookup = lookup;
  }

  /** What the manifest says, before paths and ports are translated. */
  Map<String, String> of(KubeObject pod, JsonNode container) throws Unstartable {
    var result = new LinkedHashMap<String, String>();
    for (JsonNode source : container.path("envFrom")) {
      from(pod, source, result);
    }
    for (JsonNode each : container.path("env")) {
      String name = each.path("name").asText();
      if (each.has("valueFrom")) {
        value(pod, container, each.path("valueFrom")).ifPresent(value -> result.put(name, value));
      } else {
        result.put(name, expand(each.path("value").asText(), result));
      }
    }
    return result;
  }

  /** Replaces {@code $(NAME)}; an unknown name stays as it stands, {@code $$} is one dollar. */
  static String expand(String text, Map<String, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(2);
              String value = name == null ? "$" : values.getOrDefault(name, match.group());
              return Matcher.quoteReplacement(value);
            });
  }

  private void from(KubeObject pod, JsonNode source, Map<String, String> into) throws Unstartable {
    String prefix = source.path("prefix").asText();
    JsonNode map = source.path("configMapRef");
    if (!map.isMissingNode()) {
      lookup
          .configMap(pod.namespace(), map.path("name").asText(), map.path("optional").asBoolean())
          .ifPresent(
              found ->
                  found
                      .tree()
                      .path("data")
                      .properties()
                      .forEach(e -> into.put(prefix + e.getKey(), e.getValue().asText())));
    }
    JsonNode secret = source.path("secretRef");
    if (!secret.isMissingNode()) {
      lookup
          .secret(
              pod.namespace(), secret.path("name").asText(), secret.path("optional").asBoolean())
          .ifPresent(
              found ->
                  found
                      .tree()
                      .path("data")
                      .properties()
                      .forEach(e -> into.put(prefix + e.getKey(), decode(e.getValue()))));
    }
  }

  private Optional<String> value(KubeObject pod, JsonNode container, JsonNode from)
      throws Unstartable {
    if (from.has("fieldRef")) {
      return Optional.of(field(pod, from.path("fieldRef").path("fieldPath").asText()));
    }
    if (from.has("resourceFieldRef")) {
      return Optional.of(resource(container, from.path("resourceFieldRef")));
    }
    boolean isSecret = from.has("secretKeyRef");
    JsonNode reference = from.path(isSecret ? "secretKeyRef" : "configMapKeyRef");
    String name = reference.path("name").asText();
    String key = reference.path("key").asText();
    boolean optional = reference.path("optional").asBoolean();
    Optional<KubeObject> found =
        isSecret
            ? lookup.secret(pod.namespace(), name, optional)
            : lookup.configMap(pod.namespace(), name, optional);
    Optional<JsonNode> value =
        found.map(object -> object.tree().path("data").path(key)).filter(n -> !n.isMissingNode());
    if (value.isEmpty() && !optional) {
      throw Unstartable.config(
          "couldn't find key \""
              + key
              + "\" in "
              + (isSecret ? "secret" : "configmap")
              + " \""
              + pod.namespace()
              + "/"
              + name
              + "\"");
    }
    return value.map(node -> isSecret ? decode(node) : node.asText());
  }

  /** A downward API field, as far as it means something here; empty for any other. */
  static String field(KubeObject pod, String path) {
    Matcher quoted = QUOTED.matcher(path);
    if (quoted.matches()) {
      return pod.metadata().path(quoted.group(1)).path(quoted.group(2)).asText();
    }
    return switch (path) {
      case "metadata.name" -> pod.name();
      case "metadata.namespace" -> pod.namespace();
      case "metadata.uid" -> pod.uid();
      case "metadata.labels" -> lines(pod.labels());
      case "metadata.annotations" -> lines(pod.annotations());
      case "spec.nodeName" -> Node.NAME;
      case "spec.serviceAccountName" -> pod.spec().path("serviceAccountName").asText("default");
      case "status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs" -> Node.ADDRESS;
      default -> "";
    };
  }

  private static String resource(JsonNode container, JsonNode reference) {
    String[] path = reference.path("resource").asText().split("\\.", 2);
    if (path.length < 2) {
      return "0";
    }
    String written = container.path("resources").path(path[0]).path(path[1]).asText();
    BigDecimal divisor = quantity(reference.path("divisor").asText("1"));
    BigDecimal amount =
        written.isEmpty() || quantity(written).signum() == 0
            ? BigDecimal.valueOf(path[1].equals("cpu") ? Node.cpus() : Node.memory())
            : quantity(written);
    return amount
        .divide(divisor.signum() == 0 ? BigDecimal.ONE : divisor, 0, RoundingMode.CEILING)
        .toPlainString();
  }

  /** A Kubernetes quantity as a number; what is none counts as zero. */
  static BigDecimal quantity(String text) {
    Matcher matcher =
        Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?)(m|k|[KMGTPE]i?)?")
            .matcher(text.strip());
    if (!matcher.matches()) {
      return BigDecimal.ZERO;
    }
    var number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (suffix == null) {
      return number;
    }
    if (suffix.equals("m")) {
      return number.movePointLeft(3);
    }
    int power = "kKMGTPE".indexOf(suffix.charAt(0));
    power = Math.max(1, power);
    return suffix.endsWith("i")
        ? number.multiply(BigDecimal.valueOf(1024).pow(power))
        : number.movePointRight(3 * power);
  }

  private static String decode(JsonNode value) {
    return new String(Base64.getMimeDecoder().decode(value.asText()), StandardCharsets.UTF_8);
  }

  private static String lines(Map<String, String> pairs) {
    var result = new StringBuilder();
    pairs.forEach((k, v) -> result.append(k).append("=\"").append(v).append("\"\n"));
    return result.toString();
  }
}
