package dev.salver.compiler.syntax;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every program at hand: the examples, the standard library, the snippets of the language reference
 * and the fixtures.
 */
public final class Corpus {
  private static final String MARK = "// ----\n";

  private Corpus() {}

  /** One file, and the others of its project by path. */
  public record Sample(String name, String path, String text, Map<String, String> others) {
    List<Diagnostic> check(String instead) {
      var texts = new TreeMap<>(others);
      texts.put(path, instead);
      return Compiler.check(SourceFolder.of(texts)).diagnostics();
    }

    /** The whole project by path. */
    public Map<String, String> project() {
      var texts = new TreeMap<>(others);
      texts.put(path, text);
      return texts;
    }

    SourceUnit parse() {
      return Parsing.parse(SourceFile.of(path, text));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What is right: no file of these has a syntax error. */
  public static List<Sample> clean() throws IOException {
    var samples = new ArrayList<Sample>();
    samples.addAll(language());
    samples.addAll(library());
    samples.addAll(examples());
    for (Sample fixture : fixtures(true)) {
      samples.add(fixture);
    }
    return samples;
  }

  /** Those and every fixture of a mistake. */
  public static List<Sample> all() throws IOException {
    var samples = new ArrayList<>(clean());
    samples.addAll(fixtures(false));
    return samples;
  }

  static List<Sample> language() throws IOException {
    return files(folder("src/test/resources/language")).stream()
        .map(file -> new Sample("language/" + name(file), name(file), read(file), Map.of()))
        .toList();
  }

  private static List<Sample> library() throws IOException {
    Path folder = folder("../stdlib-graphs/src/main/resources/dev/salver/stdlib");
    return project("stdlib", folder, Map.of("project.serve", "project library { }\n"));
  }

  private static List<Sample> examples() throws IOException {
    var samples = new ArrayList<Sample>();
    try (Stream<Path> found = Files.walk(folder("../examples"))) {
      for (Path file : found.filter(each -> each.endsWith("project.serve")).sorted().toList()) {
        Path folder = file.resolveSibling("");
        samples.addAll(project("examples/" + folder.getFileName(), folder, Map.of()));
      }
    }
    return samples;
  }

  private static List<Sample> project(String name, Path folder, Map<String, String> more)
      throws IOException {
    var texts = new TreeMap<>(more);
    var own = new ArrayList<String>();
    for (Path file : files(folder)) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      own.add(path);
      texts.put(path, read(file));
    }
    return own.stream()
        .map(
            path -> {
              var others = new TreeMap<>(texts);
              others.remove(path);
              return new Sample(name + "/" + path, path, texts.get(path), others);
            })
        .toList();
  }

  private static List<Sample> fixtures(boolean clean) throws IOException {
    var samples = new ArrayList<Sample>();
    for (Path file : files(folder("src/test/resources/diagnostics"))) {
      String text = read(file);
      int mark = text.lastIndexOf(MARK);
      String source = mark < 0 ? text : text.substring(0, mark);
      boolean right = mark >= 0 && text.substring(mark).equals(MARK + "// nothing\n");
      if (right == clean) {
        Map<String, String> project =
            source.contains("project ") ? Map.of() : Map.of("project.serve", "project demo { }\n");
        samples.add(new Sample("diagnostics/" + name(file), name(file), source, project));
      }
    }
    return samples;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(each -> name(each).endsWith(".serve")).sorted().toList();
    }
  }

  private static Path folder(String path) {
    return Path.of("").toAbsolutePath().resolve(path).normalize();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
