package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.function.Consumer;

/**
 * One thing that a program without errors should not do. A rule says each finding once, at the
 * place where it would be mended, and offers the mending as a fix where there is just one.
 */
interface Rule {
  void check(Subject program, Consumer<Diagnostic> findings);
}
