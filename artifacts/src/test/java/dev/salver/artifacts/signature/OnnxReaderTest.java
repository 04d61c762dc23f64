package dev.salver.artifacts.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxReaderTest {
  private static final Path IRIS = Path.of("../examples/quickstart/models/iris.onnx");
  private static final Path MODELS = Path.of("../runtime-server/src/test/models");

  @TempDir Path temp;

  private static Inspection.Known known(Path file) throws IOException {
    return assertInstanceOf(Inspection.Known.class, OnnxReader.read(file));
  }

  private static Signature signature(Path file) throws IOException {
    return known(file).signature().orElseThrow();
  }

  private static Value tensor(String name, ElementType element, Dim... dims) {
    return new Value(name, new ValueType.Tensor(element, new Shape.Ranked(List.of(dims))));
  }

  @Test
  void aModelSaysWhatItTakesAndGives() throws IOException {
    Signature iris = signature(IRIS);
    var batch = new Dim.Symbol("batch");
    assertEquals(List.of(tensor("input", ElementType.F32, batch, new Dim.Fixed(4))), iris.inputs());
    assertEquals(
        List.of(
            tensor("label", ElementType.I64, batch),
            tensor("probabilities", ElementType.F32, batch, new Dim.Fixed(3))),
        iris.outputs());
    assertEquals(List.of("ONNX opset 17, ai.onnx.ml 1, made by quickstart"), known(IRIS).notes());
  }

  @Test
  void anInputThatAnInitializerFillsIsNone() throws IOException {
    assertEquals(
        List.of(tensor("x", ElementType.F32)), signature(MODELS.resolve("scalar.onnx")).inputs());
  }

  @Test
  void mapsAndSequencesAreToldFromTensors() throws IOException {
    ValueType scores = signature(MODELS.resolve("iris-zipmap.onnx")).outputs().get(1).type();
    var sequence = assertInstanceOf(ValueType.Sequence.class, scores);
    var map = assertInstanceOf(ValueType.Dictionary.class, sequence.of());
    assertEquals(ElementType.STRING, map.key());
  }

  @Test
  void weightsAreSkippedWhateverTheirSize() throws IOException {
    byte[] iris = Files.readAllBytes(IRIS);
    Path large = temp.resolve("large.onnx");
    long weights = 3L << 30;
    try (var file =
        FileChannel.open(
            large,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      file.write(ByteBuffer.wrap(iris));
      var head = new ByteArrayOutputStream();
      varint(head, (200 << 3) | 2);
      varint(head, weights);
      file.write(ByteBuffer.wrap(head.toByteArray()));
      file.write(ByteBuffer.wrap(new byte[1]), file.position() + weights - 1);
    }
    assertEquals(signature(IRIS), signature(large));
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private Inspection read(byte[] bytes) throws IOException {
    Path file = Files.write(temp.resolve("bytes.onnx"), bytes);
    return OnnxReader.read(file);
  }

  private static byte[] field(int number, byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    varint(out, (number << 3) | 2);
    varint(out, body.size());
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  private static byte[] text(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private String reason(byte[] bytes) throws IOException {
    return assertInstanceOf(Inspection.Refused.class, read(bytes)).reason();
  }

  @Test
  void otherFilesAreToldApartFromModels() throws IOException {
    assertEquals("there is no ONNX model in it", reason(new byte[0]));
    assertInstanceOf(
        Inspection.Refused.class, read("PK\3\4 an archive".getBytes(StandardCharsets.UTF_8)));
    assertInstanceOf(
        Inspection.Refused.class, read("<html>not found</html>".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void lyingLengthsAndDeepNestingAreFound() throws IOException {
    assertEquals(
        "a field says it is 1000000 bytes long where 1 are left",
        reason(new byte[] {58, (byte) 0xc0, (byte) 0x84, 61, 0}));
    byte[] type = field(1, new byte[] {8, 1});
    for (int i = 0; i < 100; i++) {
      type = field(4, field(1, type));
    }
    byte[] graph = field(7, field(12, text(1, "deep"), field(2, type)));
    assertEquals("a type is nested more than 8 deep", reason(graph));
    byte[] twice = field(12, text(1, "x"), field(2, field(1, new byte[] {8, 1})));
    assertEquals("two inputs or two outputs are named \"x\"", reason(field(7, twice, twice)));
    assertEquals(
        "there is no element type 99",
        reason(field(7, field(12, text(1, "x"), field(2, field(1, new byte[] {8, 99}))))));
  }

  @Test
  void everyTruncationOfAModelIsRefusedOrReadsAsLess() throws IOException {
    byte[] iris = Files.readAllBytes(IRIS);
    int refused = 0;
    for (int length = 0; length < iris.length; length++) {
      refused += read(Arrays.copyOf(iris, length)) instanceof Inspection.Refused ? 1 : 0;
    }
    assertTrue(refused > iris.length * 9 / 10, "refused " + refused + " of " + iris.length);
  }

  @Test
  void bentModelsNeverBreakTheReader() throws IOException {
    byte[] model = Files.readAllBytes(MODELS.resolve("iris-zipmap.onnx"));
    var random = new Random(9);
    for (int i = 0; i < 5_000; i++) {
      byte[] bent = model.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      }
      Artifacts.inspect(new Memory("model.onnx", bent));
    }
  }

  @Property(tries = 2000)
  void noBytesBreakTheReader(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
    Artifacts.inspect(new Memory("model.onnx", bytes));
  }
}
