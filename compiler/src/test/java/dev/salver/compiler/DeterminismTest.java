package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Answers.Source;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same sources give the same bytes, whatever surrounds them. {@code -Ddeterminism.programs=300}
 * for more programs than the corpus and a few.
 */
class DeterminismTest {
  private static final int PROGRAMS = Integer.getInteger("determinism.programs", 20);
  private static final long DEADLINE_MINUTES = 20;

  private static List<Source> sources = List.of();
  private static List<String> expected = List.of();

  @BeforeAll
  static void answerOnce() throws IOException {
    sources = Answers.sources(PROGRAMS);
    expected = digests(0);
  }

  private static List<String> digests(long order) {
    return sources.stream()
        .map(source -> source.name() + " " + Answers.digest(source, order))
        .toList();
  }

  @Test
  void theOrderOfFilesChangesNothing() {
    assertEquals(expected, digests(1));
  }

  @Test
  void theOrderInWhichAFolderListsItsFilesChangesNothing(@TempDir Path folder) throws IOException {
    Source source =
        sources.stream().filter(each -> each.texts().size() > 3).findFirst().orElseThrow();
    var paths = new ArrayList<>(source.texts().keySet());
    var read = new ArrayList<SourceFolder>();
    for (String name : List.of("one", "other")) {
      Collections.reverse(paths);
      for (String path : paths) {
        Path file = folder.resolve(name).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.texts().get(path));
      }
      read.add(SourceFolder.read(folder.resolve(name)));
    }
    assertEquals(source.texts().size(), read.getFirst().files().size());
    assertEquals(texts(read.getFirst()), texts(read.getLast()));
    assertEquals(read.getFirst().digest(), read.getLast().digest());
  }

  private static List<String> texts(SourceFolder folder) {
    return folder.files().stream().map(file -> file.path() + "\n" + file.text()).toList();
  }

  @ParameterizedTest
  @CsvSource({"tr-TR, Asia/Kathmandu", "de-DE, Europe/Berlin"})
  void localeAndTimeZoneChangeNothing(String locale, String zone) {
    Locale usual = Locale.getDefault();
    TimeZone here = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertEquals(expected, digests(0));
    } finally {
      Locale.setDefault(usual);
      TimeZone.setDefault(here);
    }
  }

  @Test
  void programsThatAreCheckedSideBySideAreCheckedTheSame() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Callable<String>>();
      for (Source source : sources) {
        work.add(() -> source.name() + " " + Answers.digest(source, 0));
      }
      var found = new ArrayList<String>();
      for (var each : threads.invokeAll(work)) {
        found.add(each.get());
      }
      assertEquals(expected, found);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /**
   * Another process has other hash seeds, and more that no program can change from within; the last
   * two write digits of their own, which libraries may take up when they start.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kathmandu"
            + " -Dfile.encoding=COMPAT",
        "-Duser.language=ar -Duser.country=EG -Duser.timezone=Africa/Cairo"
            + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=1"
            + " -XX:+UnlockExperimentalVMOptions -XX:hashCode=2",
        "-Duser.language=mr -Duser.country=IN -Duser.timezone=Pacific/Chatham"
            + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=7"
            + " -XX:+UnlockExperimentalVMOptions -XX:hashCode=3 -Djdk.map.althashing.threshold=0"
      })
  void anotherProcessAnswersTheSame(String options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Answers.class.getName(), Integer.toString(PROGRAMS), "2"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
    Process process = builder.start();
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), output);
    assertEquals(expected, output.lines().filter(line -> line.matches(".* [0-9a-f]{64}")).toList());
  }
}
