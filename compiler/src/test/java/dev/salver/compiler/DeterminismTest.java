package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** The same sources give the same bytes, whatever surrounds them. */
class DeterminismTest {
  private static final List<SourceFile> FILES =
      List.of(
          SourceFile.of("project.serve", "project shop { }\nenv prod { mode = knative }\n"),
          SourceFile.of(
              "iris.serve",
              "model iris from \"s3://m/I.onnx\" { labels { TITLE = 1, ISLAND = \"i\" } }\n"),
          SourceFile.of("digits.serve", "model digits from \"s3://m/d.joblib\" { cpu = 0.5 }\n"),
          SourceFile.of("broken.serve", "model broken { timout = 1s }\nmodel iris { }\n"));

  private static SortedMap<String, byte[]> files(List<SourceFile> files) {
    var program = Compiler.check(new SourceFolder(files, List.of()));
    return Compiler.compile(program, "prod", Target.cluster()).files();
  }

  @Test
  void theOrderOfFilesChangesNothing() {
    var good = new ArrayList<>(FILES.subList(0, 3));
    var expected = files(good);
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(good, new Random(seed));
      var again = files(good);
      assertEquals(expected.keySet(), again.keySet());
      again.forEach((name, bytes) -> assertArrayEquals(expected.get(name), bytes, name));
    }
  }

  @Test
  void theOrderOfFilesChangesNoDiagnostic() {
    var all = new ArrayList<>(FILES);
    var expected = Compiler.check(new SourceFolder(all, List.of())).diagnostics();
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(all, new Random(seed));
      assertEquals(expected, Compiler.check(new SourceFolder(all, List.of())).diagnostics());
    }
  }

  @Test
  void localeAndTimeZoneChangeNothing() {
    var expected = files(FILES.subList(0, 3));
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      files(FILES.subList(0, 3))
          .forEach((name, bytes) -> assertArrayEquals(expected.get(name), bytes, name));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }
}
