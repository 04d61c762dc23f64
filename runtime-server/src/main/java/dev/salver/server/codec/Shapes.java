package dev.salver.server.codec;

import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/** Shapes of requests against those of models. */
final class Shapes {
  private static final int MAX_RANK = 32;

  private Shapes() {}

  static String text(long[] shape) {
    return Arrays.toString(shape);
  }

  /** The list of sizes at the cursor. */
  static long[] read(JsonCursor in, String input) throws Refusal {
    if (in.peek() != '[') {
      throw in.wrong("input " + input + ": shape must be a list of sizes, such as [1, 4]");
    }
    in.take('[');
    long[] sizes = new long[MAX_RANK];
    int n = 0;
    if (!in.take(']')) {
      do {
        if (n == MAX_RANK) {
          throw new Refusal("input " + input + ": more than " + MAX_RANK + " dimensions");
        }
        int c = in.peek();
        if (c != '-' && (c < '0' || c > '9')) {
          throw in.wrong("input " + input + ": shape must be a list of whole numbers");
        }
        try {
          sizes[n++] = in.numbers().nextLong(0, Integer.MAX_VALUE);
        } catch (Refusal e) {
          throw e.placed()
              ? e
              : new Refusal(
                  "input " + input + ": dimension " + (n - 1) + " of its shape: " + e.reason());
        }
      } while (in.another(']'));
    }
    return Arrays.copyOf(sizes, n);
  }

  /** Refuses a shape that the model can't take. */
  static void fit(TensorSpec spec, long[] shape) throws Refusal {
    if (spec.rank() < 0) {
      return;
    }
    if (shape.length != spec.rank()) {
      throw misfit(
          spec, shape, "it has " + shape.length + " dimensions, " + spec.rank() + " are expected");
    }
    for (int i = 0; i < shape.length; i++) {
      if (spec.fixed(i) >= 0 && shape[i] != spec.fixed(i)) {
        throw misfit(
            spec, shape, "dimension " + i + " is " + shape[i] + ", expected " + spec.fixed(i));
      }
    }
  }

  private static Refusal misfit(TensorSpec spec, long[] shape, String why) {
    return new Refusal(
        "input \""
            + spec.name()
            + "\": shape "
            + text(shape)
            + " does not fit the model's "
            + spec.shapeText()
            + ": "
            + why);
  }

  /** Dimensions of one name must have one size over all inputs. */
  static void agree(List<InputTensor> inputs) throws Refusal {
    for (int a = 1; a < inputs.size(); a++) {
      InputTensor one = inputs.get(a);
      for (int i = 0; i < one.spec().rank(); i++) {
        String symbol = one.spec().symbol(i);
        if (!symbol.isEmpty()) {
          agree(inputs.subList(0, a), one, i, symbol);
        }
      }
    }
  }

  private static void agree(List<InputTensor> before, InputTensor one, int i, String symbol)
      throws Refusal {
    for (InputTensor other : before) {
      for (int k = 0; k < other.spec().rank(); k++) {
        if (other.spec().symbol(k).equals(symbol) && other.shape()[k] != one.shape()[i]) {
          throw new Refusal(
              "input \""
                  + one.spec().name()
                  + "\": dimension "
                  + i
                  + " ("
                  + symbol
                  + ") is "
                  + one.shape()[i]
                  + " where input \""
                  + other.spec().name()
                  + "\" has "
                  + other.shape()[k]);
        }
      }
    }
  }
}
