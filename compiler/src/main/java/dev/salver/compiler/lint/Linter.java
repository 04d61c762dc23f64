package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** Runs the rules over a program that has no errors; with errors, what they say would be noise. */
public final class Linter {
  /** Of a program without services others make use. */
  private static final List<Rule> OF_SERVICES =
      List.of(
          new UnusedParam(),
          new UnusedSecret(),
          new UnusedType(),
          new UnusedAccelerator(),
          new UnusedRuntime(),
          new UnusedRollout(),
          new UnusedTemplate());

  private static final List<Rule> RULES =
      List.of(
          new UnusedImport(),
          new ChildlessAbstract(),
          new ConcreteParent(),
          new RepeatedValue(),
          new WrittenDefault(),
          new IdleSelector(),
          new MutableImage(),
          new MutableSource(),
          new PlainHttp(),
          new PlainSecret(),
          new NoMemoryLimit(),
          new LastWordFinal(),
          new RawForSetting(),
          new SharedNamespace(),
          new TwinModels(),
          new UngatedRollout(),
          new BoldRollout(),
          new IdlePolicy(),
          new HoleOnly(),
          new LoopOverOne(),
          new OneOption(),
          new KindInName(),
          new LonelyBranch(),
          new LooseComment(),
          new UnusedLoopVariable(),
          new UnusedParameter(),
          new StalePin());

  private Linter() {}

  /** What the rules find, at the level that each has by itself. */
  public static List<Diagnostic> run(Subject program) {
    var found = new ArrayList<Diagnostic>();
    if (!program.declarations().models().isEmpty()) {
      OF_SERVICES.forEach(rule -> rule.check(program, found::add));
    }
    RULES.forEach(rule -> rule.check(program, found::add));
    return found;
  }

  /** The same at the levels of the project, without what is off. */
  public static List<Diagnostic> leveled(Subject program, List<Diagnostic> found) {
    return Levels.of(program.declarations().project()).apply(found);
  }
}
