package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.DeleteOptions;
import dev.salver.sandbox.api.Query;
import dev.salver.sandbox.api.SandboxApi;
import java.util.OptionalLong;

/** delete and deletecollection. */
final class Deletions {
  private final SandboxApi api;

  Deletions(SandboxApi api) {
    this.api = api;
  }

  Reply one(Call call, Place place) {
    DeleteOptions options = options(call);
    KubeObject gone = api.delete(place.key(), options);
    if (options.dryRun() || api.get(place.key()).isPresent()) {
      return Reply.json(200, Form.of(call).one(place.type(), gone, call, api.now()));
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", place.name());
    if (!place.type().gvk().group().isEmpty()) {
      details.put("group", place.type().gvk().group());
    }
    details.put("kind", place.type().plural()).put("uid", gone.uid());
    return Reply.json(200, status);
  }

  Reply many(Call call, Place place) {
    DeleteOptions options = options(call);
    var page =
        api.page(place.type(), new Query(place.namespace(), Reads.filter(call, place), 0, "", 0));
    for (KubeObject object : page.items()) {
      try {
        api.delete(object.key(), options);
      } catch (ApiException e) {
        if (e.code() != 404) {
          throw e;
        }
      }
    }
    return Reply.json(200, Form.of(call).many(place.type(), page, call, api.now()));
  }

  private static DeleteOptions options(Call call) {
    JsonNode body = call.body().length() == 0 ? Json.object() : Documents.tree(call);
    String propagation = body.path("propagationPolicy").asText(call.text("propagationPolicy"));
    boolean orphan = body.path("orphanDependents").asBoolean(call.is("orphanDependents"));
    JsonNode seconds = body.path("gracePeriodSeconds");
    OptionalLong grace =
        seconds.isIntegralNumber()
            ? OptionalLong.of(Math.max(0, seconds.asLong()))
            : call.number("gracePeriodSeconds").stream().mapToLong(Long::longValue).findFirst();
    JsonNode preconditions = body.path("preconditions");
    return new DeleteOptions(
        new Api.Preconditions(
            preconditions.path("uid").asText(), preconditions.path("resourceVersion").asText()),
        grace,
        switch (propagation) {
          case "" ->
              orphan ? DeleteOptions.Propagation.ORPHAN : DeleteOptions.Propagation.BACKGROUND;
          case "Background" -> DeleteOptions.Propagation.BACKGROUND;
          case "Foreground" -> DeleteOptions.Propagation.FOREGROUND;
          case "Orphan" -> DeleteOptions.Propagation.ORPHAN;
          default ->
              throw new ApiException(
                  422,
                  "Invalid",
                  "propagationPolicy: Unsupported value: \""
                      + propagation
                      + "\": want Background, Foreground or Orphan");
        },
        call.dryRun() || body.path("dryRun").path(0).asText().equals("All"));
  }
}
