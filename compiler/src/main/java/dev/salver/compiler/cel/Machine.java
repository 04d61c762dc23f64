package dev.salver.compiler.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs CEL. Regular expressions take linear time, loops over lists a bounded number of steps, and
 * texts and lists do not grow past a limit.
 */
final class Machine {
  static final String FUNCTIONS = "_functions";

  private static final int MAX_STEPS = 10_000;
  private static final int MAX_DEPTH = 100;

  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MAX_STEPS)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxExpressionCodePointSize(100_000)
          .maxRegexProgramSize(2_000)
          .build();

  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(KubernetesFunctions.bindings())
          .addFunctionBindings(OwnFunctions.bindings())
          .build();

  private Machine() {}

  private static CelCompiler compiler() {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(KubernetesFunctions.declarations())
            .addFunctionDeclarations(OwnFunctions.declarations())
            .addVar(FUNCTIONS, SimpleType.DYN);
    for (int number = 0; number < Variables.MAX; number++) {
      builder.addVar("v" + number, SimpleType.DYN).addVar("s" + number, SimpleType.BOOL);
    }
    return builder.build();
  }

  /** What compiling came to. */
  sealed interface Compiled {}

  /** CEL's own checker says no: in its words. */
  record Refused(String why) implements Compiled {}

  record TooDeep() implements Compiled {}

  /** A list of the value, empty where something it reads is not set. */
  record Code(CelRuntime.Program program) implements Compiled {
    Outcome run(Map<String, Object> activation) {
      try {
        Object result = program.eval(activation);
        return !(result instanceof List<?> list)
            ? new Outcome.Failed("it has no value")
            : list.isEmpty() || list.getFirst() == OwnFunctions.Absent.ABSENT
                ? new Outcome.NotSet()
                : new Outcome.Value(list.getFirst());
      } catch (CelEvaluationException e) {
        return new Outcome.Failed(words(e.getMessage()));
      }
    }
  }

  static Compiled compile(Piece piece) {
    String text =
        piece.guards().isEmpty()
            ? "[dyn(" + piece.text() + ")]"
            : "(" + piece.guard() + ") ? [dyn(" + piece.text() + ")] : []";
    try {
      return new Code(RUNTIME.createProgram(COMPILER.compile(text).getAst()));
    } catch (CelValidationException e) {
      String why = e.getErrors().isEmpty() ? "" : e.getErrors().getFirst().getMessage();
      return why.contains("recursion") ? new TooDeep() : new Refused(why);
    } catch (CelEvaluationException e) {
      return new Refused(words(e.getMessage()));
    }
  }

  private static String words(@Nullable String message) {
    return message == null
        ? "it has no value"
        : message.replaceFirst("^evaluation error(?: at [^ ]*)?: ", "");
  }
}
