package dev.salver.compiler.testing;

import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.Tensor;
import dev.salver.kube.graph.Tensors;
import dev.salver.kube.graph.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A model that takes rows of two numbers as {@code X} and gives their sums as {@code total}. */
final class Scripted implements Models {
  final List<SequencedMap<String, Value>> asked = new ArrayList<>();
  boolean broken;

  @Override
  public Described describe(ModelPlan model) {
    var rows = new Type.Tensor(Element.F32, List.of(new Dim.Unknown(), new Dim.Size(2)));
    var outputs = new LinkedHashMap<String, Type>();
    outputs.put("total", new Type.Tensor(Element.F32, List.of(new Dim.Unknown())));
    return broken
        ? new Described.Failed("it is broken")
        : new Described.Known(
            new Signature(List.of(new Signature.Port("X", rows)), new Type.Fields(outputs)));
  }

  @Override
  public Calls.Reply call(ModelPlan model, SequencedMap<String, Value> inputs) {
    asked.add(inputs);
    var rows = (Tensor) inputs.firstEntry().getValue();
    var sums = new ArrayList<BigDecimal>();
    for (int i = 0; i < rows.count(); i += 2) {
      double sum = rows.doubleAt(i) + rows.doubleAt(i + 1);
      if (sum < 0) {
        return new Calls.Reply.Failed(422, "no negative sums");
      }
      sums.add(BigDecimal.valueOf(sum));
    }
    var outputs = new LinkedHashMap<String, Value>();
    outputs.put("total", Tensors.of(Datatype.FP32, List.of((long) sums.size()), sums));
    return new Calls.Reply.Answered(outputs);
  }
}
