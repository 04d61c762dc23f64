package dev.salver.compiler.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kubernetes adds to CEL's standard library and strings extension: quantities, lists and
 * regular expressions (Kubernetes 1.36, package {@code k8s.io/apiserver/pkg/cel/library}).
 */
final class KubernetesFunctions {
  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

  private static final CelType LIST = ListType.create(SimpleType.DYN);
  private static final CelType INT = SimpleType.INT;
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType DYN = SimpleType.DYN;

  private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bound = new ArrayList<>();

  private static final KubernetesFunctions ALL = new KubernetesFunctions();

  private KubernetesFunctions() {
    quantities();
    lists();
    texts();
  }

  static List<CelFunctionDecl> declarations() {
    var all = new ArrayList<CelFunctionDecl>();
    ALL.declared.forEach(
        (name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    return all;
  }

  static List<CelFunctionBinding> bindings() {
    return ALL.bound;
  }

  private void quantities() {
    global(
        "quantity",
        "string_to_quantity",
        QUANTITY,
        List.of(TEXT),
        Lists.of(String.class),
        args -> quantity((String) args[0]));
    global(
        "isQuantity",
        "is_quantity_string",
        BOOL,
        List.of(TEXT),
        Lists.of(String.class),
        args -> Quantity.read((String) args[0]).isPresent());
    member(
        "compareTo",
        "quantity_compare_to",
        INT,
        QUANTITY,
        args -> (long) of(args[0]).compareTo(of(args[1])));
    member(
        "isGreaterThan",
        "quantity_is_greater_than",
        BOOL,
        QUANTITY,
        args -> of(args[0]).compareTo(of(args[1])) > 0);
    member(
        "isLessThan",
        "quantity_is_less_than",
        BOOL,
        QUANTITY,
        args -> of(args[0]).compareTo(of(args[1])) < 0);
    member(
        "add",
        "quantity_add",
        QUANTITY,
        QUANTITY,
        args -> new Quantity(of(args[0]).amount().add(of(args[1]).amount())));
    member(
        "sub",
        "quantity_sub",
        QUANTITY,
        QUANTITY,
        args -> new Quantity(of(args[0]).amount().subtract(of(args[1]).amount())));
    var one = Lists.of(Quantity.class);
    of(
        "add",
        CelOverloadDecl.newMemberOverload("quantity_add_int", QUANTITY, QUANTITY, INT),
        Lists.of(Quantity.class, Long.class),
        args ->
            new Quantity(of(args[0]).amount().add(java.math.BigDecimal.valueOf((Long) args[1]))));
    of(
        "sub",
        CelOverloadDecl.newMemberOverload("quantity_sub_int", QUANTITY, QUANTITY, INT),
        Lists.of(Quantity.class, Long.class),
        args ->
            new Quantity(
                of(args[0]).amount().subtract(java.math.BigDecimal.valueOf((Long) args[1]))));
    of(
        "sign",
        CelOverloadDecl.newMemberOverload("quantity_sign", INT, QUANTITY),
        one,
        args -> (long) of(args[0]).amount().signum());
    of(
        "isInteger",
        CelOverloadDecl.newMemberOverload("quantity_is_integer", BOOL, QUANTITY),
        one,
        args -> of(args[0]).amount().scale() <= 0);
    of(
        "asInteger",
        CelOverloadDecl.newMemberOverload("quantity_as_integer", INT, QUANTITY),
        one,
        args -> whole(of(args[0])));
    of(
        "asApproximateFloat",
        CelOverloadDecl.newMemberOverload("quantity_as_float", SimpleType.DOUBLE, QUANTITY),
        one,
        args -> of(args[0]).amount().doubleValue());
  }

  private void lists() {
    var list = Lists.of(List.class);
    of(
        "isSorted",
        CelOverloadDecl.newMemberOverload("list_is_sorted", BOOL, LIST),
        list,
        args -> Lists.isSorted((List<?>) args[0]));
    of(
        "sum",
        CelOverloadDecl.newMemberOverload("list_sum", DYN, LIST),
        list,
        args -> Lists.sum((List<?>) args[0]));
    of(
        "min",
        CelOverloadDecl.newMemberOverload("list_min", DYN, LIST),
        list,
        args -> Lists.extreme((List<?>) args[0], -1));
    of(
        "max",
        CelOverloadDecl.newMemberOverload("list_max", DYN, LIST),
        list,
        args -> Lists.extreme((List<?>) args[0], 1));
    var both = Lists.of(List.class, Object.class);
    of(
        "indexOf",
        CelOverloadDecl.newMemberOverload("list_index_of", INT, LIST, DYN),
        both,
        args -> Lists.index((List<?>) args[0], args[1], false));
    of(
        "lastIndexOf",
        CelOverloadDecl.newMemberOverload("list_last_index_of", INT, LIST, DYN),
        both,
        args -> Lists.index((List<?>) args[0], args[1], true));
  }

  private void texts() {
    of(
        "find",
        CelOverloadDecl.newMemberOverload("string_find", TEXT, TEXT, TEXT),
        Lists.of(String.class, String.class),
        args -> Patterns.find((String) args[0], (String) args[1]));
    CelType texts = ListType.create(TEXT);
    of(
        "findAll",
        CelOverloadDecl.newMemberOverload("string_find_all", texts, TEXT, TEXT),
        Lists.of(String.class, String.class),
        args -> Patterns.findAll((String) args[0], (String) args[1], -1));
    of(
        "findAll",
        CelOverloadDecl.newMemberOverload("string_find_all_n", texts, TEXT, TEXT, INT),
        Lists.of(String.class, String.class, Long.class),
        args -> Patterns.findAll((String) args[0], (String) args[1], (Long) args[2]));
  }

  private void global(
      String name,
      String id,
      CelType result,
      List<CelType> arguments,
      ImmutableList<Class<?>> classes,
      CelFunctionOverload body) {
    of(name, CelOverloadDecl.newGlobalOverload(id, result, arguments), classes, body);
  }

  private void member(
      String name, String id, CelType result, CelType other, CelFunctionOverload body) {
    of(
        name,
        CelOverloadDecl.newMemberOverload(id, result, QUANTITY, other),
        Lists.of(Quantity.class, Quantity.class),
        body);
  }

  private void of(
      String name,
      CelOverloadDecl overload,
      ImmutableList<Class<?>> classes,
      CelFunctionOverload body) {
    declared.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    bound.add(CelFunctionBinding.from(overload.overloadId(), classes, body));
  }

  static Quantity quantity(String text) throws CelEvaluationException {
    var read = Quantity.read(text);
    if (read.isEmpty()) {
      throw new CelEvaluationException("`" + text + "` is no quantity");
    }
    return read.get();
  }

  private static Quantity of(Object argument) {
    return (Quantity) argument;
  }

  private static long whole(Quantity quantity) throws CelEvaluationException {
    try {
      return quantity.amount().longValueExact();
    } catch (ArithmeticException e) {
      throw new CelEvaluationException("`" + quantity + "` is no whole number", e);
    }
  }
}
