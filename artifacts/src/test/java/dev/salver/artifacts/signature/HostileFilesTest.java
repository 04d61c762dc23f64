package dev.salver.artifacts.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileFilesTest {
  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] field(int number, byte[]... parts) {
    byte[] body = join(parts);
    return join(varint(number << 3 | 2), varint(body.length), body);
  }

  private static byte[] number(int number, long value) {
    return join(varint(number << 3), varint(value));
  }

  private static String refusal(Map<String, byte[]> files) throws IOException {
    return assertInstanceOf(Inspection.Refused.class, Artifacts.inspect(new Memory(files)))
        .reason();
  }

  private static String refusal(String name, byte[] bytes) throws IOException {
    return refusal(Map.of(name, bytes));
  }

  private static byte[] model(String path) throws IOException {
    return Files.readAllBytes(ArtifactsTest.MODELS.resolve(path));
  }

  @Test
  void whatIsNoModelAtAllIsNamed() throws IOException {
    assertEquals("the file is empty", refusal("m.onnx", new byte[0]));
    assertEquals(
        "it is a pointer of Git LFS, and the model itself was not fetched",
        refusal("m.pt", utf8("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")));
    assertEquals(
        "it is a web page, maybe the answer of a server that wants a login",
        refusal("m.onnx", utf8("\n<!DOCTYPE HTML><title>Sign in</title>")));
    assertEquals(
        "its name says PyTorch, but it is neither an archive nor a pickle",
        refusal("m.pt", utf8("weights")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../m.onnx", "/m.onnx", "a/../../m.onnx", "a\\m.onnx", "a//m.onnx", "./m"})
  void namesThatLeadOutsideAreRefused(String name) throws IOException {
    assertEquals("its name leads out of the model's folder", refusal(name, utf8("x")));
  }

  private static byte[] external(String location, String offset, String length) {
    byte[] entry =
        join(
            field(13, field(1, utf8("location")), field(2, utf8(location))),
            field(13, field(1, utf8("offset")), field(2, utf8(offset))),
            field(13, field(1, utf8("length")), field(2, utf8(length))));
    byte[] tensor = field(5, number(1, 4), number(2, 1), field(8, utf8("w")), entry, number(14, 1));
    byte[] output = field(12, field(1, utf8("y")), field(2, field(1, number(1, 1))));
    return join(number(1, 8), field(7, tensor, output), field(8, number(2, 17)));
  }

  @Test
  void externalWeightsStayInTheFolderAndAreThere() throws IOException {
    assertEquals(
        "its weights lie in \"../w.bin\", outside of its folder",
        refusal("m.onnx", external("../w.bin", "0", "16")));
    assertEquals(
        "its weights lie in \"/etc/passwd\", outside of its folder",
        refusal("m.onnx", external("/etc/passwd", "0", "16")));
    assertEquals(
        "its weights lie in \"w.bin\", which is not there",
        refusal("m.onnx", external("w.bin", "0", "16")));
    Map<String, byte[]> shortOnes =
        Map.of("m.onnx", external("w.bin", "8", "16"), "w.bin", new byte[20]);
    assertEquals("its weights end at byte 24 of \"w.bin\", which has 20", refusal(shortOnes));
    assertEquals(
        "weights of 16 bytes are said to lie in 3 bytes of w.bin",
        refusal("m.onnx", external("w.bin", "0", "3")));
    assertEquals("\"-1\" is no place in a file", refusal("m.onnx", external("w.bin", "-1", "16")));
    Map<String, byte[]> whole =
        Map.of("m.onnx", external("w.bin", "4", "16"), "w.bin", new byte[20]);
    assertInstanceOf(Inspection.Known.class, Artifacts.inspect(new Memory(whole)));
  }

  @Test
  void impossibleDimsAreRefused() throws IOException {
    byte[] tensor = field(5, number(1, 1L << 40), number(1, 1L << 40), number(2, 1));
    assertEquals("an initializer has impossible dims", refusal("m.onnx", field(7, tensor)));
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] text = utf8(namesAndTexts[i + 1]);
        var entry = new ZipEntry(namesAndTexts[i]);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(text.length);
        var crc = new CRC32();
        crc.update(text);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(text);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated(String name, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Where the central directory's first header is. */
  private static int directory(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] bent = bytes.clone();
    ByteBuffer.wrap(bent).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return bent;
  }

  private static final String PICKLE = "\u0080\2c__torch__\nNet\n";

  @Test
  void archivesThatLieAreRefused() throws IOException {
    assertEquals(
        "\"../data.pkl\" in the archive leads out of the archive",
        refusal("m.pt", zip("../data.pkl", "x")));
    byte[] one = zip("m/data.pkl", "0123456789");
    assertEquals(
        "\"m/data.pkl\" is said to be longer than the archive",
        refusal("m.pt", with(with(one, directory(one) + 20, 9999), directory(one) + 24, 9999)));
    assertEquals(
        "\"m/data.pkl\" in the archive is not compressed and yet has two sizes",
        refusal("m.pt", with(one, directory(one) + 24, 9999)));
    assertEquals(
        "\"m/data.pkl\" in the archive is encrypted",
        refusal("m.pt", with(one, directory(one) + 8, 1)));
    assertEquals(
        "\"m/data.pkl\" in the archive is compressed by method 99, which is not read",
        refusal("m.pt", with(one, directory(one) + 10, 99)));
    assertEquals(
        "the archive's directory is outside of it",
        refusal("m.pt", with(one, one.length - 6, 9999)));
    assertEquals(
        "the archive has no end; it may be cut short",
        refusal("m.pt", Arrays.copyOf(one, one.length - 1)));
    byte[] two = zip("m/a", "0123456789", "m/data.pkl", "0123456789");
    int second = directory(two) + 46 + 3;
    assertEquals(
        "\"m/data.pkl\" overlaps another file of the archive",
        refusal("m.pt", with(two, second + 42, 5)));
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    byte[] bomb = deflated("m/code/__torch__.py", new byte[1 << 20]);
    assertTrue(bomb.length < 2048);
    assertEquals(
        "\"m/code/__torch__.py\" in the archive claims to unpack from 1033 bytes to 1073741824",
        refusal("m.pt", with(bomb, directory(bomb) + 24, 1 << 30))
            .replaceAll("1[0-9]{3} b", "1033 b"));
  }

  @Test
  void scriptsWhoseSourceIsBrokenAreRefused() throws IOException {
    String source = "class Net(Module):\n  def forward(self: __torch__.Net, x: ";
    assertEquals(
        "a type is nested more than 16 deep",
        refusal("m.pt", script(source + "List[".repeat(1000))));
    assertEquals(
        "the declaration of its forward can't be read", refusal("m.pt", script(source + "List[")));
    assertEquals("its source has no class Net", refusal("m.pt", script("class Other(Module):\n")));
  }

  private static byte[] script(String source) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("m/data.pkl"));
      zip.write(PICKLE.getBytes(StandardCharsets.ISO_8859_1));
      zip.putNextEntry(new ZipEntry("m/code/__torch__.py"));
      zip.write(utf8(source));
    }
    return bytes.toByteArray();
  }

  @Test
  void documentsThatNestWithoutEndAreRefused() throws IOException {
    assertTrue(
        refusal("m.json", utf8("{\"learner\":{\"objective\":" + "[".repeat(100_000)))
            .contains("no object"));
    assertTrue(
        refusal("m.json", utf8("{\"version\":[3],\"x\":" + "[".repeat(100_000)))
            .contains("nests deeper"));
    assertEquals(
        "it nests deeper than 200",
        refusal("m.ubj", join(utf8("{U"), new byte[] {1}, utf8("x" + "[".repeat(100_000)))));
    assertEquals(
        "messages nest deeper than 32", refusal("config.pbtxt", utf8("a { ".repeat(100_000))));
    assertTrue(refusal("MLmodel", utf8("x: " + "[".repeat(100_000))).startsWith("it nests deeper"));
    assertTrue(
        refusal("m.pmml", utf8("<PMML>" + "<Node>".repeat(100_000))).contains("nest deeper"));
  }

  @Test
  void countsThatDoNotFitAreRefused() throws IOException {
    byte[] list =
        join(utf8("{U"), new byte[] {1}, utf8("x[$d#L"), new byte[] {0, 0, 0x7f, 0, 0, 0, 0, 0});
    assertTrue(refusal("m.ubj", list).startsWith("a length is "));
    byte[] zeros = join(utf8("{U"), new byte[] {1}, utf8("x[$d#U"), new byte[] {10, 0, 0});
    assertEquals(
        "a list says that it has 10 entries, more than there is room for", refusal("m.ubj", zeros));
    assertEquals(
        "its header is said to be 255 bytes long",
        refusal("m.safetensors", join(new byte[] {(byte) 255, 0, 0, 0, 0, 0, 0, 0}, utf8("{}"))));
    assertEquals(
        "a field says it is 1000000 bytes long where 1 are left",
        refusal("saved_model.pb", new byte[] {18, (byte) 0xc0, (byte) 0x84, 61, 0}));
  }

  private static byte[] safetensors(String header, int data) {
    byte[] json = utf8(header);
    byte[] length = new byte[8];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
    return join(length, json, new byte[data]);
  }

  @Test
  void tensorsFillTheFileWithoutOverlap() throws IOException {
    String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    String b = "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}";
    assertEquals(
        "two tensors overlap", refusal("m.safetensors", safetensors("{" + a + "," + b + "}", 6)));
    assertEquals(
        "its tensors end at byte 4 of 6", refusal("m.safetensors", safetensors("{" + a + "}", 6)));
    assertEquals(
        "its tensors leave a gap", refusal("m.safetensors", safetensors("{" + b + "}", 6)));
    assertEquals(
        "a tensor's shape does not fit its 4 bytes",
        refusal("m.safetensors", safetensors("{" + a.replace("[1]", "[2]") + "}", 4)));
    assertEquals(
        "a tensor lies outside of the file",
        refusal("m.safetensors", safetensors("{" + a.replace("4]", "9]") + "}", 4)));
  }

  @Test
  void entitiesAndDocumentTypesAreNotRead() throws IOException {
    String doctype = "<!DOCTYPE PMML [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    assertEquals(
        "it has a document type declaration, which PMML has no use for",
        refusal("m.pmml", utf8("<?xml version=\"1.0\"?>" + doctype + "<PMML>&x;</PMML>")));
    assertEquals("it refers to an entity", refusal("m.pmml", utf8("<PMML>&x;</PMML>")));
  }

  @Test
  void whatIsNotWellFormedIsRefusedInEveryLanguage() throws IOException {
    assertEquals("it is not well-formed XML", refusal("m.pmml", utf8("<PMML><a></b></PMML>")));
    assertEquals(
        "it is not text in its encoding",
        refusal("m.pmml", "<PMML a='\u00fc'/>".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(
        "its encoding \"odd\" is not known",
        refusal("m.pmml", utf8("<?xml version='1.0' encoding='odd'?><PMML/>")));
    assertEquals(
        "more than 16777216 characters come without a tag",
        refusal("m.pmml", utf8("<PMML a='" + "x".repeat(17 << 20) + "'/>")));
  }

  @Test
  void anAliasOfYamlIsNotFollowed() throws IOException {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nflavors: *c\n";
    assertEquals("\"flavors\" is no object", refusal("MLmodel", utf8(bomb)));
  }

  @Test
  void anMlflowModelOutsideItsFolderIsRefused() throws IOException {
    assertEquals(
        "its model is \"../m.onnx\", outside of its folder",
        refusal("MLmodel", utf8("flavors:\n  onnx:\n    data: ../m.onnx\n")));
    assertEquals(
        "its model is \"m.onnx\", which is not there",
        refusal("MLmodel", utf8("flavors:\n  onnx:\n    data: m.onnx\n")));
  }

  @Test
  void contradictionsAreRefused() throws IOException {
    String json = new String(model("xgboost/iris.json"), StandardCharsets.UTF_8);
    assertEquals(
        "it names 3 features and says that it has 4",
        refusal("m.json", utf8(json.replace("\"sl\",", ""))));
    assertEquals(
        "num_class is \"many\"",
        refusal("m.json", utf8(json.replace("\"num_class\":\"3\"", "\"num_class\":\"many\""))));
    String text = new String(model("lightgbm/iris.txt"), StandardCharsets.UTF_8);
    assertEquals(
        "it names 4 features and says that it has 9",
        refusal("m.txt", utf8(text.replace("max_feature_idx=3", "max_feature_idx=8"))));
    assertEquals(
        "its field \"y\" is not in the data dictionary",
        refusal(
            "m.pmml",
            utf8(
                "<PMML><DataDictionary/><TreeModel><MiningSchema><MiningField"
                    + " name='y'/></MiningSchema></TreeModel></PMML>")));
    assertEquals(
        "input \"X\" has the data type \"FLOAT\"",
        refusal("config.pbtxt", utf8("input { name: 'X' data_type: FLOAT dims: 1 }")));
  }
}
