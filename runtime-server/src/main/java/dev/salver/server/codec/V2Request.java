package dev.salver.server.codec;

import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.ModelSpec;
import java.util.Arrays;

/** One body on its way into the slot. */
final class V2Request {
  private final ModelSpec model;
  private final JsonCursor in;
  private final BatchSlot slot;
  private final TensorReader reader;
  private final int[] givenBy;
  private String id = "";
  private int[] outputs = {};

  V2Request(ModelSpec model, byte[] body, BatchSlot slot) {
    this.model = model;
    this.givenBy = new int[model.inputs().size()];
    this.in = new JsonCursor(body, body.length);
    this.slot = slot;
    this.reader = new TensorReader(in);
  }

  Decoded read() throws Refusal {
    if (in.peek() != '{') {
      throw in.unexpected("an object with \"inputs\"");
    }
    in.take('{');
    boolean inputs = false;
    if (!in.take('}')) {
      do {
        switch (in.name()) {
          case "id" -> id = text("id");
          case "inputs" -> {
            if (inputs) {
              slot.reset();
              Arrays.fill(givenBy, 0);
            }
            inputs = true;
            inputs();
          }
          case "outputs" -> outputs();
          case "parameters" -> Parameters.refuseFlag(in, "binary_data_output");
          default -> in.skip();
        }
      } while (in.another('}'));
    }
    in.finish();
    if (!inputs) {
      throw new Refusal(
          "the request has no \"inputs\"; the model takes " + Names.of(model.inputs()));
    }
    for (int i = 0; i < givenBy.length; i++) {
      if (givenBy[i] == 0) {
        throw new Refusal(
            "input \""
                + model.inputs().get(i).name()
                + "\" is missing; the model takes "
                + Names.of(model.inputs()));
      }
    }
    Shapes.agree(slot.inputs());
    return new Decoded.Request(id, outputs);
  }

  private void inputs() throws Refusal {
    in.expect('[', "the list of inputs");
    if (in.take(']')) {
      return;
    }
    int index = 0;
    do {
      index++;
      new V2Input(this, index).read();
    } while (in.another(']'));
  }

  private void outputs() throws Refusal {
    in.expect('[', "the list of outputs");
    outputs = new int[0];
    if (in.take(']')) {
      return;
    }
    do {
      String name = "";
      in.expect('{', "an output as an object");
      if (!in.take('}')) {
        do {
          switch (in.name()) {
            case "name" -> name = text("name of an output");
            case "parameters" -> Parameters.refuseFlag(in, "binary_data");
            default -> in.skip();
          }
        } while (in.another('}'));
      }
      int position = model.output(name);
      if (position < 0) {
        throw new Refusal(
            "output \"" + name + "\" is unknown; the model gives " + Names.of(model.outputs()));
      }
      if (outputs.length == model.outputs().size()) {
        throw new Refusal("more outputs are asked for than the model has");
      }
      outputs = Arrays.copyOf(outputs, outputs.length + 1);
      outputs[outputs.length - 1] = position;
    } while (in.another(']'));
  }

  String text(String what) throws Refusal {
    if (in.peek() != '"') {
      throw in.wrong("the " + what + " must be a string");
    }
    return in.string();
  }

  JsonCursor in() {
    return in;
  }

  ModelSpec model() {
    return model;
  }

  /**
   * Reads the data at the cursor for the input at a position.
   *
   * @param by which of the request's inputs gives it, from 1
   */
  void tensor(int position, int by, long[] shape) throws Refusal {
    InputTensor tensor = slot.input(position);
    if (givenBy[position] != 0) {
      if (givenBy[position] != by) {
        throw new Refusal("input \"" + tensor.spec().name() + "\" is given twice");
      }
      tensor.reset();
    }
    givenBy[position] = by;
    reader.shaped(tensor, shape);
  }
}
