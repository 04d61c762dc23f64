package dev.salver.compiler.testing;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Diagnostics;
import java.util.List;
import java.util.Map;

/** The tests of a program, in the order of its files and lines. */
public final class Tests {
  private Tests() {}

  /**
   * Reads and checks them; a program without any loads nothing of what runs expressions.
   *
   * @param scenes by the names of environments
   */
  public static List<TestCase> of(
      Declarations declarations, Map<String, Scene> scenes, Diagnostics diagnostics) {
    return declarations.tests().isEmpty()
        ? List.of()
        : new TestReader(declarations, scenes, diagnostics).tests();
  }
}
