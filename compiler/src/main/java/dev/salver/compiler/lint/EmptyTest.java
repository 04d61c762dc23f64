package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.function.Consumer;

/** A test that expects nothing. */
final class EmptyTest implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource test : program.declarations().tests()) {
      boolean expects =
          test.body().stream()
              .anyMatch(
                  entry ->
                      entry instanceof Entry.Assertion assertion
                          && assertion.word().text().equals("expect"));
      if (!expects) {
        findings.accept(
            Diagnostic.of(
                Code.SV4028, test.name().span(), "the test has no `expect`, so it never fails"));
      }
    }
  }
}
