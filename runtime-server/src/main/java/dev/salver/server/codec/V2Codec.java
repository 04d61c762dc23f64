package dev.salver.server.codec;

import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.OutputTensor;

/** The Open Inference Protocol's JSON bodies ({@code /v2/models/NAME/infer}). */
public final class V2Codec implements Codec {
  private final String modelName;
  private final String modelVersion;
  private final ModelSpec model;

  public V2Codec(String modelName, String modelVersion, ModelSpec model) {
    this.modelName = modelName;
    this.modelVersion = modelVersion;
    this.model = model;
  }

  @Override
  public Decoded decode(byte[] body, BatchSlot slot) {
    try {
      return new V2Request(model, body, slot).read();
    } catch (Refusal e) {
      return new Decoded.Refused(e.reason());
    }
  }

  @Override
  public byte[] encode(Decoded.Request request, BatchSlot slot) {
    var out = new JsonOut();
    out.raw("{\"model_name\":").quoted(modelName);
    out.raw(",\"model_version\":").quoted(modelVersion);
    out.raw(",\"id\":").quoted(request.id().isEmpty() ? Ids.next() : request.id());
    out.raw(",\"outputs\":[");
    int[] asked = request.outputs();
    int count = asked.length == 0 ? slot.outputs().size() : asked.length;
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.raw(",");
      }
      OutputTensor output = slot.outputs().get(asked.length == 0 ? i : asked[i]);
      out.raw("{\"name\":").quoted(output.name()).raw(",\"shape\":[");
      for (int d = 0; d < output.shape().length; d++) {
        out.raw(d == 0 ? "" : ",").number(output.shape()[d]);
      }
      out.raw("],\"datatype\":\"").raw(output.type().name()).raw("\",\"data\":[");
      TensorWriter.elements(out, output, 0, TensorWriter.count(output));
      out.raw("]}");
    }
    return out.raw("]}").bytes();
  }
}
