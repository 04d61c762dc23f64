package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors in Kubernetes' notation. */
public final class Selectors {
  private static final int MAX_LENGTH = 16 << 10;
  private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final Pattern EXISTS = Pattern.compile("(?<key>" + KEY + ")");
  private static final Pattern ABSENT = Pattern.compile("!\\s*(?<key>" + KEY + ")");
  private static final Pattern EQUAL =
      Pattern.compile("(?<key>" + KEY + ")\\s*(?<op>==|=|!=)\\s*(?<value>[-A-Za-z0-9_.]*)");
  private static final Pattern AMONG =
      Pattern.compile("(?<key>" + KEY + ")\\s+(?<op>in|notin)\\s*\\((?<values>[^()]*)\\)");

  private static final Set<String> ANY_KIND = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> BY_KIND =
      Map.of(
          "Pod",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP"),
          "Namespace",
          Set.of("status.phase"),
          "Node",
          Set.of("spec.unschedulable"),
          "Secret",
          Set.of("type"),
          "ReplicaSet",
          Set.of("status.replicas"),
          "Event",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "type"));

  private Selectors() {}

  /**
   * Reads {@code app=x,tier in (a, b),!old}.
   *
   * @throws ApiException 400 that shows the part that can't be read
   */
  public static Selector labels(String text) {
    Selector result = Selector.ANY;
    for (String part : parts(text)) {
      Selector before = result;
      Predicate<Map<String, String>> requirement = requirement(part);
      result = object -> before.test(object) && requirement.test(object.labels());
    }
    return result;
  }

  /**
   * Reads {@code metadata.name=x,status.phase!=Running}.
   *
   * @throws ApiException 400 for a field that the kind can't be selected by
   */
  public static Predicate<KubeObject> fields(ResourceType type, String text) {
    Predicate<KubeObject> result = object -> true;
    for (String part : parts(text)) {
      Matcher equal =
          Pattern.compile("(?<key>[A-Za-z.]+)\\s*(?<op>==|=|!=)(?<value>.*)").matcher(part);
      if (!equal.matches()) {
        throw Failures.badRequest("invalid selector: '" + part + "'; can't understand it");
      }
      String field = equal.group("key");
      if (!ANY_KIND.contains(field)
          && !BY_KIND.getOrDefault(type.gvk().kind(), Set.of()).contains(field)) {
        throw Failures.badRequest("field label not supported: " + field);
      }
      String pointer = "/" + field.replace('.', '/');
      String value = equal.group("value").strip();
      boolean wanted = !equal.group("op").equals("!=");
      result = result.and(object -> object.tree().at(pointer).asText().equals(value) == wanted);
    }
    return result;
  }

  private static Predicate<Map<String, String>> requirement(String part) {
    Matcher equal = EQUAL.matcher(part);
    if (equal.matches()) {
      String key = equal.group("key");
      String value = equal.group("value");
      return equal.group("op").equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
    Matcher among = AMONG.matcher(part);
    if (among.matches()) {
      String key = among.group("key");
      var values =
          List.of(among.group("values").split(",", -1)).stream().map(String::strip).toList();
      return among.group("op").equals("in")
          ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
          : labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
    }
    Matcher absent = ABSENT.matcher(part);
    if (absent.matches()) {
      String key = absent.group("key");
      return labels -> !labels.containsKey(key);
    }
    Matcher exists = EXISTS.matcher(part);
    if (exists.matches()) {
      String key = exists.group("key");
      return labels -> labels.containsKey(key);
    }
    throw Failures.badRequest("unable to parse requirement: '" + part + "'");
  }

  /** Splits at commas outside of parentheses. */
  private static List<String> parts(String text) {
    if (text.length() > MAX_LENGTH) {
      throw Failures.badRequest("the selector is longer than " + MAX_LENGTH + " characters");
    }
    var result = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth <= 0 || i == text.length())) {
        String part = text.substring(from, i).strip();
        if (!part.isEmpty()) {
          result.add(part);
        }
        from = i + 1;
      }
    }
    return result;
  }
}
