package dev.salver.artifacts.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArtifactsTest {
  static final Path MODELS = Path.of("src/test/models");

  private static Inspection inspect(String path) throws IOException {
    return Artifacts.inspect(ModelFiles.at(MODELS.resolve(path)));
  }

  private static Inspection.Known known(String path) throws IOException {
    return assertInstanceOf(Inspection.Known.class, inspect(path));
  }

  private static String shown(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          onnx-external             | onnx     | x: f32[rows, 16] | y: f32[rows, 4]
          xgboost/iris.json         | xgboost  | input: f32[batch, 4] | output: f32[batch, 3]
          xgboost/iris.ubj          | xgboost  | input: f32[batch, 4] | output: f32[batch, 3]
          xgboost/three.bst         | xgboost  | input: f32[batch, 4] | output: f32[batch, 3]
          xgboost/binary.ubj        | xgboost  | input: f32[batch, 4] | output: f32[batch]
          xgboost/two-targets.json  | xgboost  | input: f32[batch, 4] | output: f32[batch, 2]
          xgboost/linear.json       | xgboost  | input: f32[batch, 4] | output: f32[batch]
          xgboost/categories.json   | xgboost  | input: f32[batch, 2] | output: f32[batch]
          lightgbm/iris.txt         | lightgbm | input: f64[batch, 4] | output: f64[batch, 3]
          lightgbm/width.bst        | lightgbm | input: f64[batch, 3] | output: f64[batch]
          mlflow-columns            | mlflow   | sepal length (cm): f64[batch], species: string[batch] | output: i64[batch]
          mlflow-tensors            | mlflow   | image: f32[?, 28, 28] | output: i64[?]
          torch/traced.pt           | pytorch  | x: ? | output: ?
          torch/scripted.pt         | pytorch  | x: ?, lengths: optional(?), names: sequence(string[]), mode: string[], scale: f64[], extra: optional(map(string, ?)) | output0: ?, output1: i64[]
          savedmodel                | tensorflow | offset: i32[], x: f32[?, 4] | class: i64[?], scores: f32[?, 3]
          pmml/clusters.pmml        | pmml     | x: f64[batch] | cluster: i64[batch]
          pmml/iris-tree.pmml       | pmml     | petal length (cm): f64[batch], petal width (cm): f32[batch] | label: string[batch], probability(setosa): f64[batch], probability(versicolor): f64[batch]
          pmml/price-regression.pmml | pmml    | rooms: i64[batch], balcony: bool[batch] | price: f64[batch]
          triton                    | triton   | QUERY: string[batch, 1], FEATURES: f32[batch, ?, 32] | SCORE: f16[batch, 1]
          triton-onnx               | triton   | left: f32[batch, 2], right: f32[batch, 3] | joined: f32[batch, 5], sum: f32[batch]
          """)
  void aModelSaysWhatItTakesAndGives(String path, String format, String inputs, String outputs)
      throws IOException {
    Inspection.Known known = known(path);
    Signature signature = known.signature().orElseThrow();
    assertEquals(format, known.format());
    assertEquals(inputs, shown(signature.inputs()));
    assertEquals(outputs, shown(signature.outputs()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sklearn/iris.joblib   | sklearn | a pickle of sklearn.linear_model._logistic, which is not read because reading it would run its code
          sklearn/iris.pkl      | sklearn | a pickle of sklearn.linear_model._logistic, which is not read because reading it would run its code
          sklearn/packed.joblib | sklearn | a pickle, which is not read because reading it would run its code
          torch/old.pth         | pytorch | a pickle of PyTorch, which only the code that made it can load; TorchScript or ONNX carry their own
          torch/state.pth       | pytorch | a pickle of PyTorch, which only the code that made it can load; TorchScript or ONNX carry their own
          huggingface           | huggingface | Hugging Face BertForSequenceClassification, float16; safetensors of F16, F32
          """)
  void aFormatWithoutSignaturesIsRecognised(String path, String format, String notes)
      throws IOException {
    Inspection.Known known = known(path);
    assertTrue(known.signature().isEmpty());
    assertEquals(format, known.format());
    assertEquals(notes, String.join("; ", known.notes()));
  }

  @ParameterizedTest
  @CsvSource({
    "xgboost/iris.json, true",
    "xgboost/linear.json, true",
    "xgboost/three.bst, true",
    "xgboost/categories.json, false",
    "lightgbm/iris.txt, true",
    "pmml/iris-tree.pmml, true",
    "pmml/price-regression.pmml, true",
    "pmml/clusters.pmml, false",
    "mlflow-tensors, true",
    "mlflow-columns, false",
    "onnx-external, false",
    "torch/scripted.pt, false"
  })
  void treesAndLinearModelsCanBeLowered(String path, boolean lowerable) throws IOException {
    assertEquals(lowerable, known(path).lowerable());
  }

  @ParameterizedTest
  @CsvSource({
    "onnx-external, 272",
    "huggingface, 656",
    "huggingface/model.safetensors, 656",
    "torch/scripted.pt, 60",
    "triton-onnx, 8",
    "savedmodel, 218"
  })
  void weightsAreAddedUpWithoutReadingThem(String path, long bytes) throws IOException {
    assertEquals(OptionalLong.of(bytes), known(path).weightBytes());
  }

  @Test
  void whatAModelWasMadeByIsNoted() throws IOException {
    assertEquals(List.of("ONNX opset 17, made by make.py"), known("onnx-external").notes());
    assertEquals(
        List.of(
            "XGBoost 3.2.0: gbtree, objective binary:logistic; the names of input and output are"
                + " Salver's",
            "it has categorical features"),
        known("xgboost/categories.json").notes());
    assertEquals(
        List.of(
            "Triton model, platform onnxruntime_onnx", "inputs and outputs are the ONNX model's"),
        known("triton-onnx").notes());
    assertEquals(List.of("TensorFlow 2.21.0 SavedModel"), known("savedmodel").notes());
  }

  private static byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(MODELS.resolve(path));
  }

  private static String format(Map<String, byte[]> files) throws IOException {
    return switch (Artifacts.inspect(new Memory(files))) {
      case Inspection.Known known -> known.format();
      case Inspection.Unknown(String reason) -> reason;
      case Inspection.Refused refused -> refused.toString();
    };
  }

  @Test
  void contentDecidesBeforeTheName() throws IOException {
    assertEquals("lightgbm", format(Map.of("model.bst", bytes("lightgbm/iris.txt"))));
    assertEquals("xgboost", format(Map.of("model.bst", bytes("xgboost/iris.json"))));
    assertEquals("xgboost", format(Map.of("model", bytes("xgboost/iris.ubj"))));
    assertEquals("pytorch", format(Map.of("weights", bytes("torch/scripted.pt"))));
    assertEquals("onnx", format(Map.of("model", bytes("triton-onnx/1/model.onnx"))));
  }

  @Test
  void aFolderIsTheOneModelInIt() throws IOException {
    byte[] text = "nothing".getBytes(StandardCharsets.UTF_8);
    byte[] xgboost = bytes("xgboost/iris.json");
    assertEquals(
        "xgboost", format(Map.of("README.md", text, "model.json", xgboost, "other.json", text)));
    assertEquals(
        "onnx", format(Map.of("LICENSE", text, "1/model.onnx", bytes("triton-onnx/1/model.onnx"))));
    assertEquals(
        "there are several models: a.bst, b.bst", format(Map.of("a.bst", text, "b.bst", text)));
    assertEquals(
        "no model is among the files: a.md, b.md", format(Map.of("a.md", text, "b.md", text)));
    assertEquals(
        "tensorflow",
        format(
            Map.of(
                "1/saved_model.pb",
                text,
                "12/saved_model.pb",
                bytes("savedmodel/saved_model.pb"))));
    assertEquals(
        "triton",
        format(
            Map.of(
                "one/config.pbtxt", bytes("triton-onnx/config.pbtxt"),
                "two/config.pbtxt", bytes("triton-onnx/config.pbtxt"))));
    assertEquals("there are no files", format(Map.of()));
    assertEquals("paddle", format(Map.of("m.pdmodel", text, "m.pdiparams", text)));
    assertEquals("tensorrt", format(Map.of("model.plan", text)));
    assertEquals("gguf", format(Map.of("q4.gguf", "GGUF\3".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aSignatureOfAMultiGigabyteFileCostsKilobytes() throws IOException {
    long zeros = 3L << 30;
    byte[] head =
        HostileFilesTest.join(
            HostileFilesTest.varint(200 << 3 | 2), HostileFilesTest.varint(zeros));
    var large = new Gapped(head, zeros, bytes("triton-onnx/1/model.onnx"));
    assertInstanceOf(Inspection.Known.class, Artifacts.inspect(large));
    assertTrue(large.read < 64 << 10, "read " + large.read);
  }

  /** A field of zeros that no memory holds, and then a model. */
  private static final class Gapped implements ModelFiles {
    private final byte[] head;
    private final byte[] model;
    private final long gap;
    private long read;

    Gapped(byte[] head, long zeros, byte[] model) {
      this.head = head;
      this.model = model;
      this.gap = head.length + zeros;
    }

    @Override
    public List<Entry> list() {
      return List.of(new Entry("model.onnx", gap + model.length));
    }

    @Override
    public int read(String name, long offset, ByteBuffer into) {
      int n = (int) Math.min(into.remaining(), gap + model.length - offset);
      for (long at = offset; at < offset + n; at++) {
        into.put(at < head.length ? head[(int) at] : at < gap ? 0 : model[(int) (at - gap)]);
      }
      read += n;
      return n;
    }
  }

  @Test
  void theSameFilesSayTheSameInAnyOrder() throws IOException {
    var sorted = ModelFiles.at(MODELS.resolve("savedmodel"));
    var reversed =
        new ModelFiles() {
          @Override
          public List<Entry> list() throws IOException {
            return sorted.list().reversed();
          }

          @Override
          public int read(String name, long offset, ByteBuffer into) throws IOException {
            return sorted.read(name, offset, into);
          }
        };
    assertEquals(Artifacts.inspect(sorted), Artifacts.inspect(reversed));
  }
}
