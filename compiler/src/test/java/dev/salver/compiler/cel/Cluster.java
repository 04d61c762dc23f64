package dev.salver.compiler.cel;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** CEL as a Kubernetes API server has it, for ValidatingAdmissionPolicies: none of Salver's own. */
public final class Cluster {
  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .addFunctionDeclarations(KubernetesFunctions.declarations())
          .addVar("object", SimpleType.DYN)
          .addVar("variables", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(KubernetesFunctions.bindings())
          .build();

  private Cluster() {}

  /** Whether every validation holds; what has no value does not hold (failurePolicy Fail). */
  public static boolean admits(JsonNode policy, JsonNode object) {
    var variables = new LinkedHashMap<String, Object>();
    Map<String, Object> activation = Map.of("object", value(object), "variables", variables);
    for (JsonNode variable : policy.path("spec").path("variables")) {
      try {
        variables.put(
            variable.path("name").asText(), run(variable.path("expression").asText(), activation));
      } catch (CelEvaluationException e) {
        variables.remove(variable.path("name").asText()); // counts where it is used
      }
    }
    for (JsonNode validation : policy.path("spec").path("validations")) {
      try {
        if (!run(validation.path("expression").asText(), activation).equals(true)) {
          return false;
        }
      } catch (CelEvaluationException e) {
        return false;
      }
    }
    return true;
  }

  /** What CEL makes of the fields of an object. */
  public static Object run(String text, Map<String, Object> activation)
      throws CelEvaluationException {
    try {
      return RUNTIME.createProgram(COMPILER.compile(text).getAst()).eval(activation);
    } catch (CelValidationException e) {
      throw new AssertionError(text + "\n" + e.getMessage(), e);
    }
  }

  /** An object as CEL reads it. */
  public static Object value(JsonNode node) {
    if (node.isObject()) {
      var map = new LinkedHashMap<String, Object>();
      node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      var list = new ArrayList<Object>();
      node.forEach(item -> list.add(value(item)));
      return list;
    }
    return node.isIntegralNumber()
        ? (Object) node.longValue()
        : node.isNumber()
            ? (Object) node.doubleValue()
            : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
  }
}
