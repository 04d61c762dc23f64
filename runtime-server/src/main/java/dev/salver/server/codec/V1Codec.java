package dev.salver.server.codec;

import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.OutputTensor;
import dev.salver.server.tensor.TensorSpec;
import java.util.Arrays;

/**
 * The V1 protocol's bodies ({@code /v1/models/NAME:predict}), in TensorFlow Serving's row format:
 * {@code instances} (or {@code inputs}, as KServe has it) is a list with an entry per row; an entry
 * is the row's value where the model has one input, or an object with a value per input.
 * Predictions are a value per row, or an object per row where the model has several outputs.
 */
public final class V1Codec implements Codec {
  private static final int MAX_RANK = 8;

  private final ModelSpec model;

  public V1Codec(ModelSpec model) {
    this.model = model;
  }

  @Override
  public Decoded decode(byte[] body, BatchSlot slot) {
    try {
      return new V1Request(body, slot).read();
    } catch (Refusal e) {
      return new Decoded.Refused(e.reason());
    }
  }

  @Override
  public byte[] encode(Decoded.Request request, BatchSlot slot) {
    var out = new JsonOut();
    out.raw("{\"predictions\":[");
    long rows = rows(slot);
    for (int row = 0; row < rows; row++) {
      out.raw(row == 0 ? "" : ",");
      if (slot.outputs().size() == 1) {
        value(out, slot.outputs().getFirst(), row, rows);
        continue;
      }
      out.raw('{');
      for (int i = 0; i < slot.outputs().size(); i++) {
        out.raw(i == 0 ? "" : ",");
        out.quoted(slot.outputs().get(i).name()).raw(':');
        value(out, slot.outputs().get(i), row, rows);
      }
      out.raw('}');
    }
    return out.raw("]}").bytes();
  }

  private static long rows(BatchSlot slot) {
    OutputTensor first = slot.outputs().getFirst();
    return first.shape().length == 0 ? 1 : first.shape()[0];
  }

  /** An output without that many rows belongs to the whole batch and is repeated for each. */
  private static void value(JsonOut out, OutputTensor output, int row, long rows) {
    int count = TensorWriter.count(output);
    if (output.shape().length == 0 || output.shape()[0] != rows) {
      TensorWriter.nested(out, output, 0, 0, count);
      return;
    }
    int each = (int) (count / rows);
    TensorWriter.nested(out, output, 1, row * each, each);
  }

  private final class V1Request {
    private final JsonCursor in;
    private final BatchSlot slot;
    private final TensorReader reader;
    private final long[][] sizes = new long[model.inputs().size()][];

    V1Request(byte[] body, BatchSlot slot) {
      this.in = new JsonCursor(body, body.length);
      this.slot = slot;
      this.reader = new TensorReader(in);
    }

    Decoded read() throws Refusal {
      if (in.peek() != '{') {
        throw in.unexpected("an object with \"instances\"");
      }
      in.take('{');
      boolean instances = false;
      if (!in.take('}')) {
        do {
          String member = in.name();
          if (member.equals("instances") || member.equals("inputs")) {
            if (instances) {
              slot.reset();
            }
            instances = true;
            instances(member);
          } else {
            in.skip();
          }
        } while (in.another('}'));
      }
      in.finish();
      if (!instances) {
        throw new Refusal(
            "the request has no \"instances\"; it should be a list with an entry per row");
      }
      Shapes.agree(slot.inputs());
      return new Decoded.Request("", new int[0]);
    }

    private void instances(String member) throws Refusal {
      if (in.peek() != '[') {
        throw in.wrong("\"" + member + "\" must be a list with an entry per row");
      }
      in.take('[');
      if (in.take(']')) {
        throw new Refusal("\"" + member + "\" is empty; it should have an entry per row");
      }
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = new long[0];
      }
      long rows = 0;
      do {
        if (in.peek() == '{') {
          named(member, rows);
        } else if (model.inputs().size() == 1) {
          row(0, member + "[" + rows + "]");
        } else {
          throw in.wrong(
              member
                  + "["
                  + rows
                  + "] must be an object with a value per input; the model takes "
                  + Names.of(model.inputs()));
        }
        rows++;
      } while (in.another(']'));
      for (int i = 0; i < sizes.length; i++) {
        InputTensor tensor = slot.input(i);
        long[] shape = sizes[i].clone();
        shape[0] = rows;
        Shapes.fit(tensor.spec(), shape);
        tensor.shape(shape);
      }
    }

    private void named(String member, long row) throws Refusal {
      in.take('{');
      boolean[] given = new boolean[sizes.length];
      if (!in.take('}')) {
        do {
          String name = in.name();
          int position = model.input(name);
          if (position < 0) {
            throw new Refusal(
                member
                    + "["
                    + row
                    + "] has \""
                    + name
                    + "\", which is no input; the model takes "
                    + Names.of(model.inputs()));
          }
          if (given[position]) {
            throw new Refusal(member + "[" + row + "] has \"" + name + "\" twice");
          }
          given[position] = true;
          row(position, member + "[" + row + "]." + name);
        } while (in.another('}'));
      }
      for (int i = 0; i < given.length; i++) {
        if (!given[i]) {
          throw new Refusal(
              member + "[" + row + "] lacks input \"" + model.inputs().get(i).name() + "\"");
        }
      }
    }

    /** One row's value of one input: as deep as the input has dimensions after the first. */
    private void row(int position, String place) throws Refusal {
      if (sizes[position].length == 0) {
        sizes[position] = expected(model.inputs().get(position));
      }
      reader.rows(slot.input(position), sizes[position], 1, place);
    }

    private long[] expected(TensorSpec spec) throws Refusal {
      int rank = spec.rank() < 0 ? 1 + depth() : spec.rank();
      if (rank == 0) {
        throw new Refusal(
            "input \"" + spec.name() + "\" has no rows; call the model through the V2 protocol");
      }
      long[] expected = new long[rank];
      Arrays.setAll(expected, i -> spec.rank() < 0 ? -1 : spec.fixed(i));
      return expected;
    }

    /** How deep the value at the cursor nests. */
    private int depth() throws Refusal {
      int at = in.at();
      int depth = 0;
      while (in.take('[')) {
        depth++;
        if (depth > MAX_RANK) {
          throw new Refusal("a row nests deeper than " + MAX_RANK);
        }
      }
      in.to(at);
      return depth;
    }
  }
}
