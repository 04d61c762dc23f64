package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.LogSource;
import dev.salver.sandbox.api.SandboxApi;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** From paths to answers. */
final class Router {
  /** The Kubernetes release whose semantics are followed. */
  private static final String VERSION = "v1.32.0+salver";

  private final SandboxApi api;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final Reads reads;
  private final Changes changes;
  private final PodLogs logs;

  Router(SandboxApi api, LogSource source) {
    this.api = api;
    discovery = new Discovery(api.types());
    openApi = new OpenApi(api.types());
    reads = new Reads(api);
    changes = new Changes(api);
    logs = new PodLogs(api, source);
  }

  Reply answer(Call call) throws IOException {
    List<String> path = segments(call.path());
    String first = path.isEmpty() ? "" : path.getFirst();
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    return switch (first) {
      case "healthz", "livez", "readyz" -> Reply.text("ok");
      case "version" -> Reply.json(200, version());
      case "openapi" -> openApi.answer(rest);
      case "api" -> rest.size() < 2 ? discovery.core(call, rest) : resource(call, "", rest);
      case "apis" ->
          rest.size() < 3
              ? discovery.groups(call, rest)
              : resource(call, rest.getFirst(), rest.subList(1, rest.size()));
      default -> throw notFound();
    };
  }

  private Reply resource(Call call, String group, List<String> path) throws IOException {
    Place place = place(group, path.getFirst(), path.subList(1, path.size()));
    if (place.subresource().equals("log") && place.type().gvk().kind().equals("Pod")) {
      return logs.answer(call, place);
    }
    return switch (call.method()) {
      case "GET", "HEAD" -> reads.answer(call, place);
      default -> changes.answer(call, place);
    };
  }

  private Place place(String group, String version, List<String> path) {
    boolean scoped =
        path.size() >= 3
            && path.getFirst().equals("namespaces")
            && !(group.isEmpty() && List.of("status", "finalize").contains(path.get(2)));
    String namespace = scoped ? path.get(1) : "";
    List<String> rest = scoped ? path.subList(2, path.size()) : path;
    ResourceType type = api.typeAt(group, version, rest.getFirst()).orElseThrow(Router::notFound);
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    if (rest.size() > 3
        || (scoped && !type.namespaced())
        || (!scoped && type.namespaced() && !name.isEmpty())) {
      throw notFound();
    }
    return new Place(type, namespace, name, subresource);
  }

  private static List<String> segments(String path) {
    var result = new ArrayList<String>();
    for (String part : path.split("/")) {
      if (part.isEmpty()) {
        continue;
      }
      try {
        result.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new ApiException(400, "BadRequest", "the path is not well-formed");
      }
    }
    return result;
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "javac")
        .put("platform", System.getProperty("os.name") + "/" + System.getProperty("os.arch"));
  }

  static ApiException notFound() {
    return new ApiException(404, "NotFound", "the server could not find the requested resource");
  }
}
