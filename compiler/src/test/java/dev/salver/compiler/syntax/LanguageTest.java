package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.syntax.Corpus.Sample;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The grammar takes every construct of the language reference. */
class LanguageTest {
  @TestFactory
  Stream<DynamicTest> everySnippetOfTheReferenceParses() throws IOException {
    return Corpus.clean().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> parses(sample)));
  }

  private static void parses(Sample sample) {
    assertEquals(List.of(), sample.parse().diagnostics());
  }
}
