package dev.salver.compiler.cel;

import com.google.common.base.Suppliers;
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
import dev.salver.compiler.memo.Kept;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs CEL. Regular expressions take linear time, loops over lists a bounded number of steps, and
 * texts and lists do not grow past a limit.
 */
final class Machine {
  static final String FUNCTIONS = "_functions";

  private static final int[] VARIABLES = {4, 20, Variables.MAX};
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

  /**
   * A compiler looks at all that is declared to it for each expression, and most read little: so
   * there are several, for more and more variables, the last for all.
   */
  private static final List<Supplier<CelCompiler>> COMPILERS =
      IntStream.of(VARIABLES).mapToObj(Machine::compiler).toList();

  private static final int MAX_KEPT_TEXT = 1_000;

  /** What a text comes to depends on nothing else. */
  private static final Kept<Compiled> KEPT = new Kept<>(500);

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(KubernetesFunctions.bindings())
          .addFunctionBindings(OwnFunctions.bindings())
          .build();

  private Machine() {}

  private static Supplier<CelCompiler> compiler(int variables) {
    return Suppliers.memoize(() -> compiling(variables));
  }

  private static CelCompiler compiling(int variables) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(KubernetesFunctions.declarations())
            .addFunctionDeclarations(OwnFunctions.declarations())
            .addVar(FUNCTIONS, SimpleType.DYN);
    for (int number = 0; number < variables; number++) {
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

  /**
   * @param variables of which it reads at most the first so many
   */
  static Compiled compile(Piece piece, int variables) {
    String text =
        piece.guards().isEmpty()
            ? "[dyn(" + piece.text() + ")]"
            : "(" + piece.guard() + ") ? [dyn(" + piece.text() + ")] : []";
    return text.length() > MAX_KEPT_TEXT
        ? compile(text, variables)
        : KEPT.of(text, each -> compile(each, variables));
  }

  private static Compiled compile(String text, int variables) {
    try {
      return new Code(RUNTIME.createProgram(sufficient(variables).compile(text).getAst()));
    } catch (CelValidationException e) {
      String why = e.getErrors().isEmpty() ? "" : e.getErrors().getFirst().getMessage();
      return why.contains("recursion") ? new TooDeep() : new Refused(why);
    } catch (CelEvaluationException e) {
      return new Refused(words(e.getMessage()));
    }
  }

  private static CelCompiler sufficient(int variables) {
    int size = 0;
    while (VARIABLES[size] < variables) {
      size++;
    }
    return COMPILERS.get(size).get();
  }

  private static String words(@Nullable String message) {
    return message == null
        ? "it has no value"
        : message.replaceFirst("^evaluation error(?: at [^ ]*)?: ", "");
  }
}
