package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Go's templates that runtimes and hosts are written in: {@code {{.Name}}}, {@code
 * {{.Namespace}}}, {@code {{.Labels.key}}}, {@code {{.Annotations.key}}}, {@code {{index .Labels
 * "key"}}}, and {@code {{.IngressDomain}}} in hosts. A label that is not there is empty.
 */
public final class Placeholders {
  /**
   * What a template may name.
   *
   * @param ingressDomain empty outside hosts
   */
  public record Values(
      String name,
      String namespace,
      Map<String, String> labels,
      Map<String, String> annotations,
      String ingressDomain) {
    public static Values of(KubeObject object) {
      return new Values(
          object.name(), object.namespace(), object.labels(), object.annotations(), "");
    }

    Values withName(String other) {
      return new Values(other, namespace, labels, annotations, ingressDomain);
    }

    Values withDomain(String domain) {
      return new Values(name, namespace, labels, annotations, domain);
    }
  }

  private static final Pattern ACTION = Pattern.compile("\\{\\{-?\\s*(.{0,512}?)\\s*-?\\}\\}");
  private static final Pattern FIELD =
      Pattern.compile("\\.(Name|Namespace|IngressDomain|(?:(Labels|Annotations)\\.(\\w+)))");
  private static final Pattern INDEX =
      Pattern.compile("index\\s+\\.(Labels|Annotations)\\s+\"([^\"]*)\"");

  private Placeholders() {}

  /** What cannot be read in a template; empty where all of it can. */
  public static Optional<String> problem(String template) {
    Matcher actions = ACTION.matcher(template);
    while (actions.find()) {
      String action = actions.group(1);
      if (!FIELD.matcher(action).matches() && !INDEX.matcher(action).matches()) {
        return Optional.of("{{" + action + "}} is not a placeholder that is known");
      }
    }
    return ACTION.matcher(template).replaceAll("").contains("{{")
        ? Optional.of("a {{ is not closed")
        : Optional.empty();
  }

  /** The text with every placeholder replaced; those that {@link #problem} names stay. */
  public static String fill(String template, Values values) {
    return ACTION
        .matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(value(match.group(1), values, match.group())));
  }

  /** A copy of a tree with every string filled. */
  public static JsonNode fill(JsonNode tree, Values values) {
    return switch (tree) {
      case ObjectNode object -> {
        ObjectNode result = Json.object();
        object
            .properties()
            .forEach(entry -> result.set(entry.getKey(), fill(entry.getValue(), values)));
        yield result;
      }
      case ArrayNode list -> {
        ArrayNode result = Json.array();
        list.forEach(item -> result.add(fill(item, values)));
        yield result;
      }
      case TextNode text when text.textValue().contains("{{") ->
          TextNode.valueOf(fill(text.textValue(), values));
      default -> tree;
    };
  }

  /** The first problem in any string of a tree. */
  public static Optional<String> problem(JsonNode tree) {
    if (tree.isTextual()) {
      return problem(tree.textValue());
    }
    for (JsonNode child : tree) {
      Optional<String> problem = problem(child);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static String value(String action, Values values, String asWritten) {
    Matcher field = FIELD.matcher(action);
    if (field.matches()) {
      return switch (field.group(1)) {
        case "Name" -> values.name();
        case "Namespace" -> values.namespace();
        case "IngressDomain" -> values.ingressDomain();
        default -> map(field.group(2), values).getOrDefault(field.group(3), "");
      };
    }
    Matcher index = INDEX.matcher(action);
    return index.matches()
        ? map(index.group(1), values).getOrDefault(index.group(2), "")
        : asWritten;
  }

  private static Map<String, String> map(String name, Values values) {
    return name.equals("Labels") ? values.labels() : values.annotations();
  }
}
