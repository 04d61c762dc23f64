package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.apply.KnownStructures;
import dev.salver.kube.apply.Structure;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.WriteOptions;
import dev.salver.sandbox.api.patch.BadPatch;
import dev.salver.sandbox.api.patch.JsonPatch;
import dev.salver.sandbox.api.patch.MergePatch;
import dev.salver.sandbox.api.patch.StrategicMerge;
import java.util.function.UnaryOperator;

/** create, update, patch and apply; deletions are next door. */
final class Changes {
  private final SandboxApi api;
  private final Deletions deletions;

  Changes(SandboxApi api) {
    this.api = api;
    deletions = new Deletions(api);
  }

  Reply answer(Call call, Place place) {
    boolean item = !place.name().isEmpty();
    return switch (call.method()) {
      case "POST" -> {
        if (item) {
          throw Refusals.method(call);
        }
        yield create(call, place);
      }
      case "PUT" -> {
        if (!item) {
          throw Refusals.method(call);
        }
        yield update(call, place);
      }
      case "PATCH" -> {
        if (!item) {
          throw Refusals.method(call);
        }
        yield patch(call, place);
      }
      case "DELETE" -> {
        if (!place.subresource().isEmpty()) {
          throw Refusals.method(call);
        }
        yield item ? deletions.one(call, place) : deletions.many(call, place);
      }
      default -> throw Refusals.method(call);
    };
  }

  private Reply create(Call call, Place place) {
    if (place.type().namespaced() && place.namespace().isEmpty()) {
      throw Refusals.method(call);
    }
    KubeObject object = Documents.object(call, place.type(), place.namespace(), "");
    return object(201, call, place, api.create(object, options(call, place)));
  }

  private Reply update(Call call, Place place) {
    if (isScale(place)) {
      JsonNode scale = Documents.tree(call);
      return scaled(call, place, live -> Scale.into(live, scale));
    }
    KubeObject object = Documents.object(call, place.type(), place.namespace(), place.name());
    return object(200, call, place, api.update(object, options(call, place)));
  }

  private Reply patch(Call call, Place place) {
    if (call.contentType().startsWith("application/apply-patch+")) {
      return apply(call, place);
    }
    if (call.is("force")) {
      throw new ApiException(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
              + " non-apply patch");
    }
    UnaryOperator<JsonNode> patch = patchOf(call, place);
    if (isScale(place)) {
      return scaled(
          call,
          place,
          live -> Scale.into(live, patch.apply(Scale.of(place.type(), new KubeObject(live)))));
    }
    return object(
        200,
        call,
        place,
        api.modify(
            place.key(),
            live -> {
              JsonNode patched = patch.apply(live);
              if (patched instanceof ObjectNode tree) {
                return tree;
              }
              throw Documents.bad("the patch makes the object something else than an object");
            },
            options(call, place)));
  }

  private Reply apply(Call call, Place place) {
    if (call.text("fieldManager").isEmpty()) {
      throw new ApiException(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    if (isScale(place)) {
      throw Refusals.method(call);
    }
    KubeObject object = Documents.object(call, place.type(), place.namespace(), place.name());
    boolean there = api.get(place.key()).isPresent();
    KubeObject applied = api.apply(object, options(call, place).forced(call.is("force")));
    return object(there ? 200 : 201, call, place, applied);
  }

  private static UnaryOperator<JsonNode> patchOf(Call call, Place place) {
    Structure structure = KnownStructures.of(place.type().gvk());
    JsonNode patch =
        switch (call.contentType()) {
          case "application/json-patch+json", "application/merge-patch+json" ->
              Documents.tree(call);
          case "application/strategic-merge-patch+json" -> {
            if (!SandboxApi.isBuiltIn(place.type())) {
              throw unsupported(
                  "application/json-patch+json, application/merge-patch+json,"
                      + " application/apply-patch+yaml");
            }
            yield Documents.tree(call);
          }
          default ->
              throw unsupported(
                  "application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json, application/apply-patch+yaml");
        };
    return live -> {
      try {
        return switch (call.contentType()) {
          case "application/json-patch+json" -> JsonPatch.apply(live, patch);
          case "application/merge-patch+json" -> MergePatch.apply(live, patch);
          default -> StrategicMerge.apply(live, patch, structure);
        };
      } catch (BadPatch e) {
        boolean json = call.contentType().equals("application/json-patch+json");
        throw new ApiException(json ? 422 : 400, json ? "Invalid" : "BadRequest", e.what());
      }
    };
  }

  private Reply scaled(Call call, Place place, UnaryOperator<ObjectNode> change) {
    KubeObject changed =
        api.modify(place.key(), change, options(call, place).withSubresource("scale"));
    return Reply.json(200, Scale.of(place.type(), changed));
  }

  private static boolean isScale(Place place) {
    if (!place.subresource().equals("scale")) {
      return false;
    }
    if (!Scale.supports(place.type())) {
      throw Router.notFound();
    }
    return true;
  }

  private static WriteOptions options(Call call, Place place) {
    String subresource =
        switch (place.subresource()) {
          case "", "finalize" -> "";
          case "status", "scale" -> place.subresource();
          default -> throw Router.notFound();
        };
    return WriteOptions.by(call.fieldManager()).withSubresource(subresource).dry(call.dryRun());
  }

  private Reply object(int code, Call call, Place place, KubeObject object) {
    return Reply.json(code, Form.of(call).one(place.type(), object, call, api.now()));
  }

  private static ApiException unsupported(String accepted) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted);
  }
}
