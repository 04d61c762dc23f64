package dev.salver.server.codec;

import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.TensorSpec;

/** One element of "inputs". Members may come in any order; data that comes first is read last. */
final class V2Input {
  private final V2Request request;
  private final JsonCursor in;
  private final ModelSpec model;
  private final int number;
  private String name = "";
  private String datatype = "";
  private long[] shape = {};
  private boolean named;
  private boolean shaped;
  private int data = -1;
  private boolean decoded;

  /**
   * An input about to be read.
   *
   * @param number its place in the request, from 1
   */
  V2Input(V2Request request, int number) {
    this.request = request;
    this.in = request.in();
    this.model = request.model();
    this.number = number;
  }

  void read() throws Refusal {
    in.expect('{', "an input as an object");
    if (!in.take('}')) {
      do {
        member(in.name());
      } while (in.another('}'));
    }
    if (decoded) {
      return;
    }
    if (data < 0) {
      throw new Refusal("input " + label() + " has no \"data\"");
    }
    int after = in.at();
    in.to(data);
    tensor();
    in.to(after);
  }

  private void member(String member) throws Refusal {
    switch (member) {
      case "name" -> {
        name = request.text("name of input " + number);
        named = true;
        decoded = false;
      }
      case "datatype" -> {
        datatype = request.text("datatype of input " + label());
        decoded = false;
      }
      case "shape" -> {
        shape = Shapes.read(in, label());
        shaped = true;
        decoded = false;
      }
      case "data" -> {
        in.peek();
        data = in.at();
        decoded = named && shaped && !datatype.isEmpty();
        if (decoded) {
          tensor();
        } else {
          in.skip();
        }
      }
      case "parameters" -> Parameters.refuseSize(in, label());
      default -> in.skip();
    }
  }

  private void tensor() throws Refusal {
    int position = position();
    TensorSpec spec = model.inputs().get(position);
    if (!shaped) {
      throw new Refusal(
          "input " + label() + " has no \"shape\"; the model's is " + spec.shapeText());
    }
    checkType(spec);
    Shapes.fit(spec, shape);
    request.tensor(position, number, shape);
  }

  private int position() throws Refusal {
    if (!named) {
      throw new Refusal("input " + number + " has no \"name\"");
    }
    int position = model.input(name);
    if (position < 0 && model.inputs().size() == 1) {
      position = 0;
    }
    if (position < 0) {
      throw new Refusal(
          "input \"" + name + "\" is unknown; the model takes " + Names.of(model.inputs()));
    }
    return position;
  }

  private void checkType(TensorSpec spec) throws Refusal {
    if (datatype.isEmpty()) {
      throw new Refusal("input " + label() + " has no \"datatype\"; the model's is " + spec.type());
    }
    DataType declared =
        DataType.named(datatype)
            .orElseThrow(
                () ->
                    new Refusal(
                        "input "
                            + label()
                            + ": there is no datatype \""
                            + datatype
                            + "\"; the model's is "
                            + spec.type()));
    if (!spec.type().accepts(declared)) {
      throw new Refusal(
          "input " + label() + ": datatype " + declared + " where " + spec.type() + " is expected");
    }
  }

  private String label() {
    return named ? "\"" + name + "\"" : Integer.toString(number);
  }
}
