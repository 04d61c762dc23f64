package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Lists by pages, all of one version: later pages show the objects as they were at the first. */
final class Paging {
  private Paging() {}

  static Query.Page list(Store store, ResourceType type, Query query) {
    Start start = query.from().isEmpty() ? new Start(query.exactly(), "", "") : Start.parse(query);
    List<KubeObject> found;
    long version;
    synchronized (store) {
      version = start.version == 0 ? store.version() : start.version;
      if (version > store.version()) {
        throw new ApiException(
            504,
            "Timeout",
            "Too large resource version: " + version + ", current: " + store.version());
      }
      var all =
          store
              .at(type, version)
              .orElseThrow(
                  () ->
                      query.from().isEmpty()
                          ? Failures.tooOld(version, store.oldest())
                          : Failures.expiredContinue());
      found = all.stream().filter(query::covers).filter(start::isBefore).toList();
    }
    if (query.limit() <= 0 || found.size() <= query.limit()) {
      return new Query.Page(found, version, "", 0);
    }
    var page = found.subList(0, query.limit());
    var last = page.getLast();
    return new Query.Page(
        page,
        version,
        new Start(version, last.namespace(), last.name()).token(),
        found.size() - page.size());
  }

  /** Where a page starts: after an object, at a version. */
  private record Start(long version, String namespace, String name) {
    boolean isBefore(KubeObject object) {
      int order = namespace.compareTo(object.namespace());
      return name.isEmpty() || order < 0 || (order == 0 && name.compareTo(object.name()) < 0);
    }

    String token() {
      String json =
          Json.write(
              Json.object().put("rv", version).put("namespace", namespace).put("name", name));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static Start parse(Query query) {
      try {
        JsonNode json =
            Json.parse(
                new String(Base64.getUrlDecoder().decode(query.from()), StandardCharsets.UTF_8));
        var start =
            new Start(
                json.path("rv").asLong(),
                json.path("namespace").asText(),
                json.path("name").asText());
        if (start.version > 0) {
          return start;
        }
      } catch (IllegalArgumentException e) {
        throw Failures.badRequest("continue key is not valid: " + e.getMessage());
      }
      throw Failures.badRequest("continue key is not valid");
    }
  }
}
