package dev.salver.server.codec;

import dev.salver.server.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/** Tensors as messages name them. */
final class Names {
  private static final int MOST = 8;

  private Names() {}

  /** {@code "age" FP32 [batch, 1], "city" BYTES [batch, 1]}. */
  static String of(List<TensorSpec> specs) {
    String some =
        specs.stream()
            .limit(MOST)
            .map(spec -> "\"" + spec.name() + "\" " + spec.type() + " " + spec.shapeText())
            .collect(Collectors.joining(", "));
    return specs.size() > MOST ? some + " and " + (specs.size() - MOST) + " more" : some;
  }
}
