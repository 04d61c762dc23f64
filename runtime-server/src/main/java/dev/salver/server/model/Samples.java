package dev.salver.server.model;

import dev.salver.server.codec.JsonOut;
import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.TensorSpec;

/** Requests that fit a model, made up from its signature: one row, zeros, dims of any size as 1. */
final class Samples {
  private static final int MOST_ELEMENTS = 1 << 20;

  private Samples() {}

  static byte[] v2(ModelSpec model) {
    var out = new JsonOut();
    out.raw("{\"id\":\"warm-up\",\"inputs\":[");
    for (int i = 0; i < model.inputs().size(); i++) {
      TensorSpec spec = model.inputs().get(i);
      out.raw(i == 0 ? "{\"name\":" : ",{\"name\":").quoted(spec.name());
      out.raw(",\"shape\":[");
      long count = 1;
      for (int d = 0; d < Math.max(spec.rank(), 1); d++) {
        long size = size(spec, d);
        out.raw(d == 0 ? "" : ",").raw(spec.rank() == 0 ? "" : Long.toString(size));
        count = Math.min(count * size, MOST_ELEMENTS);
      }
      out.raw("],\"datatype\":\"").raw(spec.type().name()).raw("\",\"data\":[");
      for (long n = 0; n < count; n++) {
        out.raw(n == 0 ? "" : ",").raw(zero(spec.type()));
      }
      out.raw("]}");
    }
    return out.raw("]}").bytes();
  }

  static byte[] v1(ModelSpec model) {
    var out = new JsonOut();
    out.raw("{\"instances\":[{");
    for (int i = 0; i < model.inputs().size(); i++) {
      TensorSpec spec = model.inputs().get(i);
      out.raw(i == 0 ? "" : ",").quoted(spec.name()).raw(':');
      nested(out, spec, 1);
    }
    return out.raw("}]}").bytes();
  }

  private static void nested(JsonOut out, TensorSpec spec, int d) {
    if (d >= spec.rank()) {
      out.raw(zero(spec.type()));
      return;
    }
    out.raw('[');
    long size = Math.min(size(spec, d), MOST_ELEMENTS);
    for (long n = 0; n < size; n++) {
      out.raw(n == 0 ? "" : ",");
      nested(out, spec, d + 1);
    }
    out.raw(']');
  }

  private static long size(TensorSpec spec, int d) {
    return spec.rank() <= d || spec.fixed(d) < 0 ? 1 : spec.fixed(d);
  }

  private static String zero(DataType type) {
    return switch (type) {
      case BOOL -> "false";
      case BYTES -> "\"\"";
      case FP16, BF16, FP32, FP64 -> "0.0";
      default -> "0";
    };
  }
}
