package dev.salver.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Who may know whom: the way of the data is the way of the imports. */
class LayersTest {
  private static final String ROOT = "dev.salver.reconciler.";
  private static final List<String> ORDER =
      List.of("cluster", "source", "plan", "apply", "operator");

  /** Files and their imports for which a rule says no. */
  private static List<String> violations(BiPredicate<String, String> forbidden) throws IOException {
    var found = new ArrayList<String>();
    var seen = new ArrayList<Path>();
    for (String module : List.of(".", "../git-store", "../kube-model")) {
      Path sources = Path.of(module, "src/main/java");
      try (var files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          seen.add(file);
          String name = sources.relativize(file.getParent()).toString().replace('/', '.');
          Files.readString(file)
              .lines()
              .filter(line -> line.startsWith("import "))
              .map(line -> line.replaceAll("^import (static )?|;$", ""))
              .filter(imported -> forbidden.test(name, imported))
              .forEach(imported -> found.add(file.getFileName() + " imports " + imported));
        }
      }
    }
    assertTrue(seen.size() > 50, "the sources are where they are looked for");
    return found;
  }

  @Test
  void fabric8StaysInsideTheClusterPackage() throws IOException {
    assertEquals(
        List.of(),
        violations(
            (in, imported) ->
                imported.startsWith("io.fabric8.")
                    && in.startsWith(ROOT)
                    && !in.equals(ROOT + "cluster")));
  }

  @Test
  void jgitStaysInsideTheGitStore() throws IOException {
    assertEquals(
        List.of(),
        violations(
            (in, imported) ->
                imported.startsWith("org.eclipse.jgit.") && !in.equals("dev.salver.git")));
  }

  @Test
  void renderingKnowsNoShell() throws IOException {
    assertEquals(
        List.of(),
        violations(
            (in, imported) ->
                in.equals(ROOT + "serving")
                    && ((imported.startsWith(ROOT) && !imported.startsWith(ROOT + "serving."))
                        || imported.startsWith("java.net.http.")
                        || imported.startsWith("java.util.concurrent.")
                        || imported.startsWith("dev.salver.kube.run."))));
  }

  @Test
  void planningDoesNothing() throws IOException {
    assertEquals(
        List.of(),
        violations(
            (in, imported) ->
                in.equals(ROOT + "plan")
                    && (imported.startsWith(ROOT + "cluster.")
                        || imported.startsWith("java.io.")
                        || imported.startsWith("java.net.")
                        || imported.startsWith("dev.salver.git."))));
  }

  @Test
  void nothingImportsAgainstTheWayOfTheData() throws IOException {
    assertEquals(
        List.of(),
        violations(
            (in, imported) -> {
              int from = rank(in + ".");
              int to = rank(imported);
              return from >= 0 && to > from;
            }));
  }

  private static int rank(String name) {
    for (String one : ORDER) {
      if (name.startsWith(ROOT + one + ".")) {
        return ORDER.indexOf(one);
      }
    }
    return -1;
  }
}
