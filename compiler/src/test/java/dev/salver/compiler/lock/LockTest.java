package dev.salver.compiler.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.lock.Lock.Artifact;
import dev.salver.compiler.lock.Lock.Import;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lock is as text, and what becomes of texts that are none. */
class LockTest {
  private static final String ONE = "sha256:" + "1".repeat(64);
  private static final String TWO = "sha256:" + "2".repeat(64);

  private static Lock lock(Map<String, Artifact> artifacts) {
    return new Lock(new TreeMap<>(artifacts), new TreeMap<>());
  }

  private static LockReader.Result read(String text) {
    return LockReader.read(SourceFile.of("serve.lock", text));
  }

  private static List<Code> codes(String text) {
    return read(text).diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static Artifact plain(String digest) {
    return new Artifact(digest, 12, Optional.of("onnx"), Optional.empty(), Optional.empty(), false);
  }

  @Test
  void aLockReadsAsAPersonWouldWantToReviewIt() {
    var fields = new LinkedHashMap<String, Type>();
    fields.put("label", new Type.Tensor(Element.I64, List.of(new Dim.Symbol("n"))));
    fields.put("odds:0", new Type.Tensor(Element.F32, List.of()));
    var signature =
        new Signature(
            List.of(
                new Signature.Port(
                    "x",
                    new Type.Tensor(
                        Element.F32,
                        List.of(new Dim.Symbol("n"), new Dim.Size(4), new Dim.Unknown())))),
            new Type.Fields(fields));
    var artifacts = new TreeMap<String, Artifact>();
    artifacts.put(
        "s3://models/fraud/12",
        new Artifact(
            ONE, 48, Optional.of("xgboost"), Optional.of(signature), Optional.of(40L), true));
    artifacts.put("hf://acme/chat", plain(TWO));
    var imports = new TreeMap<String, Import>();
    imports.put("git:acme/platform@v2", new Import(Optional.of("abc"), TWO));
    var lock = new Lock(artifacts, imports);
    String text = LockWriter.write(lock);
    assertEquals(
        List.of(
            "artifact \"hf://acme/chat\" " + TWO + " bytes 12 format onnx",
            "artifact \"s3://models/fraud/12\" "
                + ONE
                + " bytes 48 format xgboost weights 40 lowerable"
                + " : (x: f32[n, 4, ?]) -> (label: i64[n], \"odds:0\": f32)",
            "import \"git:acme/platform@v2\" " + TWO + " revision abc"),
        text.lines().skip(3).toList());
    assertEquals(lock, read(text).lock());
    assertTrue(read(text).diagnostics().isEmpty());
  }

  @Test
  void whateverNamesAModelHasComesBackAsItWas() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      var artifacts = new TreeMap<String, Artifact>();
      for (int k = random.nextInt(4); k >= 0; k--) {
        artifacts.put(
            name(random),
            new Artifact(
                random.nextBoolean() ? ONE : TWO,
                random.nextLong(1L << 50),
                random.nextBoolean() ? Optional.of("f" + name(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(signature(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(random.nextLong(1000)) : Optional.empty(),
                random.nextBoolean()));
      }
      String text = LockWriter.write(lock(artifacts));
      var result = read(text);
      assertEquals(List.of(), result.diagnostics(), text);
      assertEquals(lock(artifacts), result.lock(), text);
      assertEquals(artifacts.size() + 3, text.lines().count(), text);
    }
  }

  private static String name(SplittableRandom random) {
    String from = "ab-_:/.\"\\ \n\t,()[]{}>?é\u2028\uD83D\uDE00\0#";
    var out = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      out.append(from.charAt(random.nextInt(from.length())));
    }
    return out.toString();
  }

  private static Signature signature(SplittableRandom random) {
    var ports = new LinkedHashMap<String, Type>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ports.put(name(random), type(random, 0));
    }
    var inputs = new ArrayList<Signature.Port>();
    ports.forEach((name, type) -> inputs.add(new Signature.Port(name, type)));
    return new Signature(inputs, type(random, 0));
  }

  private static Type type(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 5)) {
      case 0 -> new Type.Json();
      case 1 -> new Type.Unknown();
      case 2, 3 -> {
        var dims = new ArrayList<Dim>();
        for (int i = random.nextInt(4); i > 0; i--) {
          dims.add(
              switch (random.nextInt(3)) {
                case 0 -> new Dim.Size(random.nextLong(1000));
                case 1 -> new Dim.Symbol("s" + name(random));
                default -> new Dim.Unknown();
              });
        }
        yield new Type.Tensor(
            List.of(Element.values()).get(random.nextInt(Element.values().length)), dims);
      }
      default -> {
        var fields = new LinkedHashMap<String, Type>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          fields.put(name(random), type(random, depth + 1));
        }
        yield new Type.Fields(fields);
      }
    };
  }

  @Test
  void linesInTheOrderOfAMergeMeanTheSame() {
    var artifacts = new TreeMap<String, Artifact>();
    for (int i = 0; i < 20; i++) {
      artifacts.put("s3://models/" + i, plain(ONE));
    }
    var lines = new ArrayList<>(LockWriter.write(lock(artifacts)).lines().toList());
    Collections.reverse(lines);
    lines.add(lines.getFirst());
    assertEquals(lock(artifacts), read(String.join("\r\n", lines)).lock());
    assertEquals(List.of(), read(String.join("\r\n", lines)).diagnostics());
  }

  @Test
  void aConflictIsOneDiagnosticAndLosesNothing() {
    var ours = new TreeMap<>(new TreeMap<>(Map.of("s3://a", plain(ONE))));
    ours.put("s3://b", plain(ONE));
    var theirs = new TreeMap<>(Map.of("s3://a", plain(TWO)));
    theirs.put("s3://c", plain(TWO));
    String text =
        "serve.lock 1\n<<<<<<< HEAD\n"
            + body(ours)
            + "||||||| base\n=======\n"
            + body(theirs)
            + ">>>>>>> theirs\n";
    var result = read(text);
    assertEquals(List.of(Code.SV7021), codes(text));
    assertTrue(result.isReadable());
    assertEquals(
        java.util.Set.of("s3://a", "s3://b", "s3://c"), result.lock().artifacts().keySet());
    assertEquals(java.util.Set.of("s3://a"), result.contested());
  }

  private static String body(Map<String, Artifact> artifacts) {
    var out = new StringBuilder();
    artifacts.forEach((source, each) -> out.append(LockWriter.line(source, each)).append('\n'));
    return out.toString();
  }

  @Test
  void aBrokenLineIsToldAtItsPlaceAndTheOthersHold() {
    String text =
        LockWriter.write(lock(new TreeMap<>(Map.of("s3://a", plain(ONE)))))
            + "artifact \"s3://b\" sha256:12 bytes 1\n";
    var result = read(text);
    assertFalse(result.isReadable());
    assertEquals(java.util.Set.of("s3://a"), result.lock().artifacts().keySet());
    var told = result.diagnostics().getFirst();
    assertEquals("serve.lock:5:26", told.span().toString());
    assertEquals(
        "this line of `serve.lock` can't be read, here it needs 64 hexadecimal digits",
        told.message());
  }

  @Test
  void mutilatedLocksAreAnsweredNeverThrown() {
    var artifacts = new TreeMap<String, Artifact>();
    var random = new SplittableRandom(3);
    for (int i = 0; i < 10; i++) {
      artifacts.put(
          "s3://models/" + i,
          new Artifact(
              ONE, 7, Optional.of("onnx"), Optional.of(signature(random)), Optional.of(4L), true));
    }
    String whole = LockWriter.write(lock(artifacts));
    String junk = "\"\\:()[]{}-> \n\r\0<=>|,?u9a";
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder(whole);
      for (int k = random.nextInt(6); k >= 0; k--) {
        int at = random.nextInt(Math.max(1, text.length() - 1));
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, at + 1);
          case 1 -> text.insert(at, junk.charAt(random.nextInt(junk.length())));
          default -> text.setLength(Math.max(1, at));
        }
      }
      var result = read(text.toString());
      assertTrue(result.diagnostics().size() <= 21);
      assertEquals(
          result.lock(), read(LockWriter.write(result.lock())).lock(), () -> text.toString());
    }
  }

  @Test
  void hostileLocksTakeTimeInProportionToTheirSize() {
    String deep = "artifact \"a\" " + ONE + " bytes 1 : (x: " + "{a: ".repeat(500_000);
    String wide = "artifact \"a\" " + ONE + " bytes 1 : (x: f32[" + "n, ".repeat(500_000) + "n])";
    String markers = "<<<<<<<\n".repeat(200_000);
    String quotes = ("artifact \"" + "\\\\".repeat(50)).repeat(10_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String text : List.of(deep, wide, markers, quotes)) {
            int told = read("serve.lock 1\n" + text).diagnostics().size();
            assertTrue(told > 0 && told <= 21, () -> "" + told);
          }
        });
  }

  @Test
  void branchesThatAddDifferentModelsMergeWithoutAConflict(@TempDir Path folder) throws Exception {
    var base = new TreeMap<>(Map.of("s3://a", plain(ONE), "s3://z", plain(TWO)));
    var ours = new TreeMap<>(base);
    ours.put("s3://m", plain(ONE));
    var theirs = new TreeMap<>(base);
    theirs.put("s3://n", plain(ONE));
    for (var each : Map.of("base", base, "ours", ours, "theirs", theirs).entrySet()) {
      Files.writeString(folder.resolve(each.getKey()), LockWriter.write(lock(each.getValue())));
    }
    var git =
        new ProcessBuilder("git", "merge-file", "--union", "-p", "ours", "base", "theirs")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String merged = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), merged);
    assertEquals(List.of(), read(merged).diagnostics(), merged);
    var expected = new TreeMap<>(theirs);
    expected.put("s3://m", plain(ONE));
    assertEquals(lock(expected), read(merged).lock());
  }
}
