package dev.salver.cli.testing;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Target;
import dev.salver.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The manifests that a project emitted when somebody last looked: {@code snapshots/ENV/*.yaml}. An
 * environment whose folder is there is compared.
 */
public final class Snapshots {
  private static final String FOLDER = "snapshots";

  /** What the compiler calls its manifests; nothing else is written or removed. */
  private static final Pattern NAME = Pattern.compile("[a-z]+-[a-z0-9.-]+\\.yaml");

  private final Path folder;
  private final Program program;

  public Snapshots(Path project, Program program) {
    this.folder = project.resolve(FOLDER);
    this.program = program;
  }

  /** How the snapshot of an environment is called in reports. */
  public static String name(String environment) {
    return "the manifests of " + environment + " are those of its snapshot";
  }

  /** Environments that have a folder. */
  public SortedSet<String> kept() throws IOException {
    var kept = new TreeSet<String>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> folders = Files.list(folder)) {
        folders.filter(Files::isDirectory).forEach(each -> kept.add(each.getFileName().toString()));
      }
    }
    return kept;
  }

  /** Whether what is emitted is what is kept; line ends don't count. */
  public CaseResult compare(String environment) throws IOException {
    long from = System.nanoTime();
    var failures = new ArrayList<CaseResult.Failure>();
    if (program.environments().contains(environment)) {
      Output output = Compiler.compile(program, environment, Target.cluster());
      if (output.hasErrors()) {
        output.diagnostics().stream()
            .filter(Diagnostic::isError)
            .forEach(each -> failures.add(failure(environment, "", each.message(), List.of())));
      } else {
        differences(environment, emitted(output), failures);
      }
    } else {
      failures.add(
          failure(environment, "", "there is no such environment; remove the folder", List.of()));
    }
    return new CaseResult(
        name(environment),
        environment,
        place(environment, ""),
        Duration.ofNanos(System.nanoTime() - from),
        failures);
  }

  private void differences(
      String environment, SortedMap<String, String> emitted, List<CaseResult.Failure> failures)
      throws IOException {
    SortedMap<String, String> kept = read(environment);
    var names = new TreeSet<>(emitted.keySet());
    names.addAll(kept.keySet());
    for (String name : names) {
      String before = kept.get(name);
      String after = emitted.get(name);
      if (after == null) {
        failures.add(failure(environment, name, "is kept, but no longer emitted", List.of()));
      } else if (before == null) {
        failures.add(failure(environment, name, "is emitted, but not kept", List.of()));
      } else {
        List<String> difference = LineDiff.of(before.lines().toList(), after.lines().toList());
        if (!difference.isEmpty()) {
          failures.add(failure(environment, name, "is not what is emitted now", difference));
        }
      }
    }
  }

  /**
   * Keeps what is emitted now.
   *
   * @return files that changed, came or went
   */
  public int update(String environment) throws IOException {
    Output output = Compiler.compile(program, environment, Target.cluster());
    if (output.hasErrors()) {
      return 0;
    }
    SortedMap<String, String> emitted = emitted(output);
    SortedMap<String, String> kept = read(environment);
    Path to = Files.createDirectories(folder.resolve(environment));
    int changed = 0;
    for (String name : kept.keySet()) {
      if (!emitted.containsKey(name)) {
        Files.delete(to.resolve(name));
        changed++;
      }
    }
    for (var file : emitted.entrySet()) {
      if (!file.getValue().equals(kept.get(file.getKey()))) {
        Files.writeString(to.resolve(file.getKey()), file.getValue());
        changed++;
      }
    }
    return changed;
  }

  private static SortedMap<String, String> emitted(Output output) {
    var files = new TreeMap<String, String>();
    output
        .files()
        .forEach(
            (name, bytes) -> {
              if (NAME.matcher(name).matches()) {
                files.put(name, new String(bytes, StandardCharsets.UTF_8));
              }
            });
    return files;
  }

  private SortedMap<String, String> read(String environment) throws IOException {
    var files = new TreeMap<String, String>();
    Path from = folder.resolve(environment);
    if (Files.isDirectory(from)) {
      try (Stream<Path> list = Files.list(from)) {
        for (Path file : list.filter(Files::isRegularFile).toList()) {
          String name = file.getFileName().toString();
          if (NAME.matcher(name).matches()) {
            files.put(name, Files.readString(file));
          }
        }
      }
    }
    return files;
  }

  private static CaseResult.Failure failure(
      String environment, String file, String message, List<String> details) {
    return new CaseResult.Failure(place(environment, file), message, details);
  }

  private static CaseResult.Place place(String environment, String file) {
    return new CaseResult.Place(
        FOLDER + "/" + environment + (file.isEmpty() ? "" : "/" + file), 0, 0);
  }
}
