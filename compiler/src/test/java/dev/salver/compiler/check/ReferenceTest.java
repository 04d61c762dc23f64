package dev.salver.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.Golden;
import dev.salver.compiler.policy.Shapes;
import dev.salver.compiler.syntax.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of the reference have the settings that there are, and no others. */
class ReferenceTest {
  private static final Path PAGES = Golden.folder("../docs/language");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Set<String> COMPONENTS = Set.of("transformer", "explainer");

  @TestFactory
  Stream<DynamicTest> theTableOfAKindHasEachOfItsSettings() throws IOException {
    String page = Files.readString(PAGES.resolve("reference.md"));
    return Arrays.stream(Kind.values())
        .filter(kind -> Schema.of(kind).isPresent())
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.word(),
                    () -> assertEquals(settings(kind), written(section(page, kind.word())))));
  }

  @Test
  void thePageOfPoliciesHasEachKindWithItsFields() throws IOException {
    String page = Files.readString(PAGES.resolve("policies.md"));
    for (String kind : Shapes.kinds()) {
      String row =
          page.lines().filter(line -> line.startsWith("| `" + kind + "` |")).findFirst().orElse("");
      Set<String> names =
          NAME.matcher(row)
              .results()
              .map(found -> found.group(1).replaceAll("^\\.", "").replaceAll("\\..*", ""))
              .collect(Collectors.toSet());
      Set<String> missing = new TreeSet<>(Shapes.of(kind).orElseThrow().fields().keySet());
      missing.removeAll(names);
      assertEquals(Set.of(), missing, kind);
    }
  }

  /**
   * A map is known by its name, what a transformer has by the name of the section, lints as one.
   */
  private static Set<String> settings(Kind kind) {
    var names = new TreeSet<String>();
    for (String path : Schema.of(kind).orElseThrow().paths()) {
      String name = path.replaceAll("\\.\\*+$", "");
      String first = name.substring(0, Math.max(0, name.indexOf('.')));
      if (COMPONENTS.contains(first)) {
        names.add(first);
        name = name.substring(first.length() + 1);
      }
      names.add(name.startsWith("lint.") ? "lint" : name);
    }
    return names;
  }

  private static Set<String> written(String section) {
    return section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String page, String kind) {
    return List.of(page.split("\n(?=##)")).stream()
        .filter(each -> each.startsWith("### " + kind + "\n"))
        .findFirst()
        .orElse("");
  }
}
