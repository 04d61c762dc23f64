package dev.salver.sandbox.api.http;

import dev.salver.kube.KubeObject;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Query;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.Selectors;
import java.util.function.Predicate;

/** get, list and the start of watch. */
final class Reads {
  private static final int MAX_PAGE = 100_000;

  private final SandboxApi api;

  Reads(SandboxApi api) {
    this.api = api;
  }

  Reply answer(Call call, Place place) {
    Form form = Form.of(call);
    if (place.name().isEmpty()) {
      return call.is("watch") ? watch(call, place, form) : list(call, place, form);
    }
    KubeObject object = api.get(place.key()).orElseThrow(() -> Refusals.notFound(place));
    return switch (place.subresource()) {
      case "", "status" -> Reply.json(200, form.one(place.type(), object, call, api.now()));
      case "scale" -> Reply.json(200, Scale.of(place.type(), object));
      default -> throw Router.notFound();
    };
  }

  private Reply list(Call call, Place place, Form form) {
    String version = call.text("resourceVersion");
    boolean exact = call.text("resourceVersionMatch").equals("Exact");
    long wanted = version(version);
    if (!exact && wanted > api.version()) {
      throw new ApiException(
          504, "Timeout", "Too large resource version: " + wanted + ", current: " + api.version());
    }
    var query =
        new Query(
            place.namespace(),
            filter(call, place),
            call.number("limit").map(limit -> (int) Math.min(limit, MAX_PAGE)).orElse(0),
            call.text("continue"),
            exact ? wanted : 0);
    var page = api.page(place.type(), query);
    return Reply.json(200, form.many(place.type(), page, call, api.now()));
  }

  private Reply watch(Call call, Place place, Form form) {
    Predicate<KubeObject> filter =
        filter(call, place)
            .and(
                object ->
                    place.namespace().isEmpty() || object.namespace().equals(place.namespace()));
    return Watching.start(api, call, place, form, filter, version(call.text("resourceVersion")));
  }

  static Predicate<KubeObject> filter(Call call, Place place) {
    return Selectors.labels(call.text("labelSelector"))
        .and(Selectors.fields(place.type(), call.text("fieldSelector")));
  }

  private static long version(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new ApiException(
          400, "BadRequest", "resourceVersion: Invalid value: \"" + text + "\": not a number");
    }
    return Long.parseLong(text);
  }
}
