package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/diagnostics} is made of the catalogue and the fixtures, and is never stale. */
class DiagnosticPagesTest {
  private static final Path PAGES = Golden.folder("../docs/diagnostics");

  @Test
  void everyCodeHasAPageMadeOfTheCatalogue() throws IOException {
    List<Fixture> fixtures = Fixture.all();
    var index =
        new StringBuilder(
            "# Diagnostics\n\nEvery error of the compiler has a code and a page.\n\n");
    var expected = new ArrayList<String>(List.of("README.md"));
    for (Code code : Code.values()) {
      String file = code.name() + ".md";
      expected.add(file);
      index
          .append("- [")
          .append(code)
          .append("](")
          .append(file)
          .append("): ")
          .append(code.page().title())
          .append('\n');
      Golden.check(PAGES.resolve(file), page(code, fixtures));
    }
    Golden.check(PAGES.resolve("README.md"), index.toString());
    try (Stream<Path> files = Files.list(PAGES)) {
      assertEquals(
          expected.stream().sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static String page(Code code, List<Fixture> fixtures) {
    var page = new StringBuilder("# " + code + ": " + code.page().title() + "\n\n");
    page.append(code.page().text());
    for (Fixture fixture : fixtures) {
      if (fixture.name().startsWith(code.name().toLowerCase(Locale.ROOT))) {
        page.append("\n```serve\n").append(fixture.source().strip()).append("\n```\n");
        page.append("\n```\n").append(fixture.report().strip()).append("\n```\n");
        break;
      }
    }
    return page.toString();
  }
}
