package dev.salver.kube.graph;

import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a switch, as CEL text.
 *
 * <p>Each step and input whose name is an identifier of CEL is a variable; every one of them is in
 * the map {@code steps}, as {@code steps["fraud-nn"]}; the inputs are also in {@code request}. A
 * scalar is a plain value, another tensor a list of lists, a record a map of its fields. Beside
 * CEL's own functions there are {@code max}, {@code min}, {@code mean}, {@code sum}, {@code any}
 * and {@code all_of} over all elements of a tensor, {@code values}, the list of them, {@code list},
 * which makes a list of a scalar, and {@code each(x, ">", 0.9)}, an operator for each element.
 *
 * <p>The only class that knows the CEL library; it is loaded with the first condition.
 */
final class Condition {
  private static final int MAX_LENGTH = 4_096;
  private static final int MAX_ITERATIONS = 100_000;

  private static final Pattern STEPS = Pattern.compile("\\bsteps\\[\"([^\"\\\\]*)\"\\]");

  private final CelRuntime.Program program;

  private Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * @param names of the steps and inputs before it
   * @throws IllegalArgumentException in words, where the text is no condition over these
   */
  static Condition compile(String text, Set<String> names) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a condition has at most " + MAX_LENGTH + " characters");
    }
    Matcher named = STEPS.matcher(text);
    while (named.find()) {
      if (!names.contains(named.group(1))) {
        throw new IllegalArgumentException("there is no `" + named.group(1) + "` before it");
      }
    }
    CelBuilder builder = Library.BASE.toCelBuilder();
    names.stream()
        .filter(CelText::isVariable)
        .forEach(name -> builder.addVar(name, SimpleType.DYN));
    Cel cel = builder.build();
    try {
      CelAbstractSyntaxTree tree = cel.compile(text).getAst();
      CelType type = tree.getResultType();
      if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        throw new IllegalArgumentException(
            "`" + text + "` is " + type.name() + ", and a condition is true or false");
      }
      return new Condition(Library.BASE.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "`" + text + "`: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /**
   * @param step whose condition it is
   */
  boolean holds(Scope scope, String step) throws Lost {
    try {
      Object result =
          program.eval(
              name ->
                  name.equals("steps")
                      ? Optional.of(CelValues.steps(scope))
                      : Optional.ofNullable(scope.get(name)).map(CelValues::of));
      if (result instanceof Boolean held) {
        return held;
      }
      throw new Lost(step, 500, "a condition of `" + step + "` is neither true nor false");
    } catch (CelEvaluationException | IllegalArgumentException e) {
      throw new Lost(
          step,
          500,
          "a condition of `"
              + step
              + "` cannot be told: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static final class Library {
    static final Cel BASE = base();

    private Library() {}

    private static Cel base() {
      CelBuilder builder =
          CelFactory.standardCelBuilder()
              .setOptions(
                  CelOptions.current()
                      .enableHeterogeneousNumericComparisons(true)
                      .comprehensionMaxIterations(MAX_ITERATIONS)
                      .maxExpressionCodePointSize(MAX_LENGTH)
                      .maxParseRecursionDepth(100)
                      .build())
              .addCompilerLibraries(CelExtensions.strings())
              .addRuntimeLibraries(CelExtensions.strings())
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
              .addVar("request", SimpleType.DYN)
              .addVar("steps", MapType.create(SimpleType.STRING, SimpleType.DYN));
      function(builder, "max", SimpleType.DYN, CelValues::max);
      function(builder, "min", SimpleType.DYN, CelValues::min);
      function(builder, "mean", SimpleType.DOUBLE, CelValues::mean);
      function(builder, "any", SimpleType.BOOL, CelValues::any);
      function(builder, "all_of", SimpleType.BOOL, CelValues::allOf);
      function(builder, "sum", SimpleType.DYN, CelValues::sum);
      function(builder, "values", ListType.create(SimpleType.DYN), CelValues::values);
      function(builder, "list", ListType.create(SimpleType.DYN), CelValues::list);
      builder.addFunctionDeclarations(
          CelFunctionDecl.newFunctionDeclaration(
              "each",
              CelOverloadDecl.newGlobalOverload(
                  "each_tensor",
                  SimpleType.DYN,
                  SimpleType.DYN,
                  SimpleType.STRING,
                  SimpleType.DYN)));
      builder.addFunctionBindings(
          CelFunctionBinding.from(
              "each_tensor",
              ImmutableList.of(Object.class, String.class, Object.class),
              arguments -> Elementwise.each(arguments[0], (String) arguments[1], arguments[2])));
      return builder.build();
    }

    private static void function(
        CelBuilder builder, String name, CelType result, CelFunctionOverload.Unary<Object> body) {
      String id = name + "_tensor";
      builder.addFunctionDeclarations(
          CelFunctionDecl.newFunctionDeclaration(
              name, CelOverloadDecl.newGlobalOverload(id, result, SimpleType.DYN)));
      builder.addFunctionBindings(CelFunctionBinding.from(id, Object.class, body));
    }
  }
}
