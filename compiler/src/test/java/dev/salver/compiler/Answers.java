package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.GithubReport;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.compiler.diagnostic.SarifReport;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.format.Formatted;
import dev.salver.compiler.format.Formatting;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockWriter;
import dev.salver.compiler.random.RandomProgram;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that the compiler says of a program: reports, manifests, formatted sources and lock. */
final class Answers {
  private static final long SEED = 7_000_000;

  private Answers() {}

  /** A program by path, under a name. */
  record Source(String name, Map<String, String> texts) {}

  /**
   * Prints a digest for each program; the arguments are how many to draw, and an order of files.
   */
  public static void main(String[] arguments) throws IOException {
    long order = Long.parseLong(arguments[1]);
    for (Source source : sources(Integer.parseInt(arguments[0]))) {
      System.out.println(source.name() + " " + digest(source, order));
    }
  }

  /** The corpus, the fixtures with their locks, and programs drawn at random, mistakes included. */
  static List<Source> sources(int programs) throws IOException {
    var sources = new ArrayList<Source>();
    for (Corpus.Sample sample : Corpus.clean()) {
      sources.add(new Source(sample.name(), sample.project()));
    }
    for (Fixture fixture : Fixture.all()) {
      sources.add(new Source("fixture/" + fixture.name(), fixture.texts()));
    }
    for (int i = 0; i < programs; i++) {
      RandomProgram program = RandomProgram.of(SEED + i);
      sources.add(new Source("random/" + i, program.files()));
      sources.add(new Source("mutant/" + i, program.mutant(i % program.mutants()).files()));
    }
    return sources;
  }

  /**
   * SHA-256 of all the answers.
   *
   * @param order in which the files are given
   */
  static String digest(Source source, long order) {
    try {
      byte[] all = answers(source, order).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String answers(Source source, long order) {
    SourceFolder folder = folder(source.texts(), order);
    Program program = Compiler.check(folder);
    var diagnostics = new ArrayList<>(program.diagnostics());
    diagnostics.addAll(Compiler.lint(program));
    var out = new StringBuilder(reports(diagnostics));
    for (String environment : program.environments()) {
      Output output =
          Compiler.compile(program, environment, Target.local((uri, at) -> uri + "#" + at));
      out.append(reports(output.diagnostics())).append(output.services());
      output
          .files()
          .forEach(
              (name, bytes) -> out.append(name).append(new String(bytes, StandardCharsets.UTF_8)));
      out.append(Compiler.explain(program, environment, "namespace"));
    }
    for (SourceFile file : folder.files()) {
      out.append(Formatting.format(file) instanceof Formatted.Done(String text) ? text : "refused");
    }
    return out.append(LockWriter.write(program.lock()))
        .append(LockWriter.write(pinned(program)))
        .append(program.cost("prod"))
        .toString();
  }

  private static String reports(List<Diagnostic> diagnostics) {
    return TextReport.render(diagnostics)
        + JsonReport.render(diagnostics)
        + SarifReport.render(diagnostics, "project")
        + GithubReport.render(diagnostics, "project");
  }

  /** A lock of all sources, put together in no order. */
  private static Lock pinned(Program program) {
    var artifacts =
        program.sources().keySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    source -> source,
                    source ->
                        new Lock.Artifact(
                            "sha256:" + "0".repeat(64),
                            source.length() * 1_000_003L,
                            Optional.of("onnx"),
                            Optional.empty(),
                            Optional.of(1_234_567L),
                            false)));
    return new Lock(new TreeMap<>(artifacts), new TreeMap<>());
  }

  private static SourceFolder folder(Map<String, String> texts, long order) {
    var files = new ArrayList<SourceFile>();
    texts.forEach(
        (path, text) -> {
          if (!path.equals(SourceFolder.LOCK)) {
            files.add(SourceFile.of(path, text));
          }
        });
    Collections.shuffle(files, new Random(order));
    return new SourceFolder(
        files,
        List.of(),
        Optional.ofNullable(texts.get(SourceFolder.LOCK))
            .map(text -> SourceFile.of(SourceFolder.LOCK, text)),
        false);
  }
}
