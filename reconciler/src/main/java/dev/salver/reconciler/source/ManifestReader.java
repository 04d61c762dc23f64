package dev.salver.reconciler.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the objects of one file. */
final class ManifestReader {
  private static final int MOST_DOCUMENTS = 5_000;

  /** What an object's name may be; also keeps a name from reaching into an API path. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.:]{0,251}[A-Za-z0-9])?");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern API_VERSION =
      Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?v[a-z0-9]{1,30}");
  private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");

  /** What a server writes and an exported manifest still has. */
  private static final List<String> SERVERS_OWN =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  private static final Pattern LINE = Pattern.compile("\\s*\\(line (\\d+), column \\d+\\)$");

  private ManifestReader() {}

  /** The objects of a file, and what is wrong with it. */
  record Result(List<Manifest> manifests, List<Problem> problems) {}

  static Result read(String file, byte[] bytes) {
    List<JsonNode> documents;
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      documents = Yaml.documents(text);
    } catch (CharacterCodingException e) {
      return failed(new Problem(file, 0, "not UTF-8 text"));
    } catch (IllegalArgumentException e) {
      return failed(notYaml(file, String.valueOf(e.getMessage())));
    }
    if (documents.size() > MOST_DOCUMENTS) {
      return failed(new Problem(file, 0, "more than " + MOST_DOCUMENTS + " objects in one file"));
    }
    List<Integer> lines = DocumentLines.of(text);
    boolean told = lines.size() == documents.size();
    var manifests = new ArrayList<Manifest>();
    var problems = new ArrayList<Problem>();
    for (int i = 0; i < documents.size(); i++) {
      int line = told ? lines.get(i) : 1;
      String wrong = problem(documents.get(i));
      if (wrong.isEmpty()) {
        manifests.add(manifest(file, line, (ObjectNode) documents.get(i)));
      } else {
        problems.add(new Problem(file, line, wrong));
      }
    }
    return new Result(manifests, problems);
  }

  private static Result failed(Problem problem) {
    return new Result(List.of(), List.of(problem));
  }

  private static Problem notYaml(String file, String message) {
    Matcher at = LINE.matcher(message);
    int line = at.find() ? Integer.parseInt(at.group(1)) : 0;
    // The parser quotes the text in indented lines; the place is told already.
    String said =
        message
            .lines()
            .filter(part -> !part.isBlank() && !part.startsWith(" "))
            .map(part -> LINE.matcher(part).replaceFirst(""))
            .collect(Collectors.joining(", "));
    return new Problem(file, line, "not YAML: " + said);
  }

  /** Empty where the document is an object that may be applied. */
  private static String problem(JsonNode document) {
    if (document.isArray()) {
      return "a manifest is an object, not a list; write each item as a document of its own, with a"
          + " line --- before it";
    } else if (!document.isObject()) {
      return "not a Kubernetes object: a mapping with apiVersion, kind and metadata is wanted";
    }
    String apiVersion = document.path("apiVersion").asText();
    String kind = document.path("kind").asText();
    JsonNode metadata = document.path("metadata");
    String name = metadata.path("name").asText();
    String namespace = metadata.path("namespace").asText();
    if (metadata.path("name").isNumber() || metadata.path("name").isBoolean()) {
      return kind + "'s name " + name + " is not text to YAML; put it in quotes";
    } else if (!API_VERSION.matcher(apiVersion).matches()) {
      return "apiVersion "
          + (apiVersion.isEmpty() ? "is missing" : "'" + apiVersion + "' is not one");
    } else if (!KIND.matcher(kind).matches()) {
      return "kind " + (kind.isEmpty() ? "is missing" : "'" + kind + "' is not one");
    } else if (kind.equals("List") || (kind.endsWith("List") && document.has("items"))) {
      return "lists are not applied; write each object as a document of its own";
    } else if (metadata.has("generateName")) {
      return kind + " has a generateName; what Git wants needs a name of its own";
    } else if (!NAME.matcher(name).matches()) {
      return kind
          + " "
          + (name.isEmpty() ? "has no metadata.name" : "'" + name + "' is not a name");
    } else if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      return kind + " " + name + ": '" + namespace + "' is not a namespace's name";
    }
    return scope(new KubeObject((ObjectNode) document));
  }

  private static String scope(KubeObject object) {
    var type = ResourceTypes.of(object.gvk());
    if (type.isEmpty()) {
      return "";
    }
    boolean named = !object.namespace().isEmpty();
    if (type.get().namespaced() && !named) {
      return object.kind() + " " + object.name() + " needs a metadata.namespace";
    } else if (!type.get().namespaced() && named) {
      return object.kind() + " " + object.name() + " lives in no namespace; remove the field";
    }
    return "";
  }

  private static Manifest manifest(String file, int line, ObjectNode document) {
    document.remove("status");
    if (document.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(SERVERS_OWN);
    }
    var object = new KubeObject(document);
    ObjectKey key = object.key();
    return new Manifest(key, object, Canonical.digest(document), file, line);
  }
}
