package dev.salver.server.http;

import dev.salver.server.codec.JsonOut;
import dev.salver.server.tensor.TensorSpec;
import java.util.List;

/** What the server says about itself and its model. */
final class Descriptions {
  private Descriptions() {}

  static Reply server(String version) {
    return Reply.json(
        new JsonOut()
            .raw("{\"name\":\"salver\",\"version\":")
            .quoted(version)
            .raw(",\"extensions\":[]}")
            .bytes());
  }

  static Reply models(String name) {
    return Reply.json(new JsonOut().raw("{\"models\":[").quoted(name).raw("]}").bytes());
  }

  static Reply readiness(String name) {
    return Reply.json(new JsonOut().raw("{\"name\":").quoted(name).raw(",\"ready\":true}").bytes());
  }

  static Reply model(String name, Served model) {
    var out = new JsonOut();
    out.raw("{\"name\":").quoted(name);
    out.raw(",\"versions\":[").quoted(model.version());
    out.raw("],\"platform\":").quoted(model.platform());
    tensors(out.raw(",\"inputs\":["), model.spec().inputs());
    tensors(out.raw("],\"outputs\":["), model.spec().outputs());
    return Reply.json(out.raw("]}").bytes());
  }

  private static void tensors(JsonOut out, List<TensorSpec> specs) {
    for (int i = 0; i < specs.size(); i++) {
      TensorSpec spec = specs.get(i);
      out.raw(i == 0 ? "{\"name\":" : ",{\"name\":").quoted(spec.name());
      out.raw(",\"datatype\":\"").raw(spec.type().name()).raw("\",\"shape\":[");
      for (int d = 0; d < Math.abs(spec.rank()); d++) {
        out.raw(d == 0 ? "" : ",").number(spec.rank() < 0 ? -1 : spec.fixed(d));
      }
      out.raw("]}");
    }
  }
}
