package dev.salver.compiler.type;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.TypeDecl;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From types as they are written to what they stand for. A name that is not declared was reported
 * by the binder and fits anything, as does whatever is reported here.
 */
public final class Types {
  /** Fields of a type with all that it names; records that double each other end here. */
  private static final int MAX_FIELDS = 1_000;

  private static final Type UNKNOWN = new Type.Unknown();

  private final Map<String, TypeDecl> declared;
  private final Diagnostics diagnostics;
  private final Set<String> parameters;
  private final Map<String, Type> values;
  private final Map<String, Signature> signatures;
  private final IdentityHashMap<Type, Integer> sizes;

  private Types(
      Map<String, TypeDecl> declared,
      Diagnostics diagnostics,
      Set<String> parameters,
      Map<String, Type> values,
      Map<String, Signature> signatures,
      IdentityHashMap<Type, Integer> sizes) {
    this.declared = declared;
    this.diagnostics = diagnostics;
    this.parameters = parameters;
    this.values = values;
    this.signatures = signatures;
    this.sizes = sizes;
  }

  /** Resolves a program's types, and says what is wrong with them. */
  public static Types of(SortedMap<String, TypeDecl> declared, Diagnostics diagnostics) {
    var types =
        new Types(
            declared,
            diagnostics,
            Set.of(),
            new HashMap<>(),
            new HashMap<>(),
            new IdentityHashMap<>());
    // Each type comes behind those that it names, so that no chain of them is too long.
    for (String name : TypeCircles.order(declared, diagnostics)) {
      TypeDecl decl = declared.get(name);
      if (decl != null) {
        types.declare(name, decl.type());
      }
    }
    return types;
  }

  private void declare(String name, TypeRef type) {
    if (type instanceof TypeRef.Function function) {
      signatures.put(name, function(function));
    } else if (type instanceof TypeRef.Named alias && isSignature(alias)) {
      signature(alias).ifPresent(signature -> signatures.put(name, signature));
    } else {
      values.put(name, type(type));
    }
  }

  /** The same types for the inside of a template, whose type parameters stand for themselves. */
  public Types within(Set<String> names) {
    return names.isEmpty()
        ? this
        : new Types(declared, diagnostics, names, values, signatures, sizes);
  }

  /** The types that each use of a template infers. */
  public Set<String> parameters(Entry.Graph graph) {
    return TypeParameters.of(graph, declared.keySet());
  }

  /** The same types, whose mistakes from here on are told to another. */
  public Types reporting(Diagnostics other) {
    return new Types(declared, other, parameters, values, signatures, sizes);
  }

  /** The same, which keeps for itself what it learns of further types. */
  public Types apart(Diagnostics other) {
    return new Types(declared, other, parameters, values, signatures, new IdentityHashMap<>(sizes));
  }

  /** The type of a value. */
  public Type type(TypeRef ref) {
    return switch (ref) {
      case TypeRef.Named named -> named(named);
      case TypeRef.RecordOf record -> record(record);
      case TypeRef.Function function ->
          problem(
              Code.SV2021,
              ref,
              "a value is no signature: write the type of what flows here",
              Optional.of(Fix.replace(ref.span(), function.output().span().text()).suggested()));
      case TypeRef.ListOf list ->
          problem(
              Code.SV2022,
              ref,
              "a list is no type of values: only a template's parameter is one",
              tensor(list));
      case TypeRef.Missing missing -> UNKNOWN;
    };
  }

  /** What a model or graph takes and gives; empty where that is not known or was reported. */
  public Optional<Signature> signature(TypeRef ref) {
    return signature(ref, List.of());
  }

  /**
   * The same.
   *
   * @param otherwise what can be done where it is the type of a value
   */
  public Optional<Signature> signature(TypeRef ref, List<Fix> otherwise) {
    return switch (ref) {
      case TypeRef.Function function -> Optional.of(function(function));
      case TypeRef.Named named -> named(named, otherwise);
      case TypeRef.Missing missing -> Optional.empty();
      default -> {
        diagnostics.add(
            Diagnostic.of(Code.SV2021, ref.span(), notASignature("this")).offering(otherwise));
        yield Optional.empty();
      }
    };
  }

  private Optional<Signature> named(TypeRef.Named named, List<Fix> otherwise) {
    String name = named.name().text();
    Signature known = signatures.get(name);
    if (known != null && named.dims().isEmpty()) {
      return Optional.of(known);
    }
    boolean isValue = values.containsKey(name) || Element.of(name).isPresent();
    if (!parameters.contains(name) && (isValue || known != null || name.equals("json"))) {
      var diagnostic =
          Diagnostic.of(Code.SV2021, named.span(), notASignature("`" + named.span().text() + "`"))
              .offering(otherwise);
      TypeDecl decl = declared.get(name);
      diagnostics.add(
          decl == null
              ? diagnostic
              : diagnostic.relating(decl.name().span(), "`" + name + "` is declared here"));
    }
    return Optional.empty();
  }

  private static String notASignature(String what) {
    return what + " is no signature, which has inputs and an output: `(x: f32[n]) -> (y: f32[n])`";
  }

  /** Whether it names or writes a signature, rather than the type of a value. */
  public boolean isSignature(TypeRef ref) {
    return ref instanceof TypeRef.Function
        || (ref instanceof TypeRef.Named named
            && !parameters.contains(named.name().text())
            && signatures.containsKey(named.name().text()));
  }

  private Signature function(TypeRef.Function function) {
    var inputs = new ArrayList<Signature.Port>();
    fields(function.inputs()).forEach((name, type) -> inputs.add(new Signature.Port(name, type)));
    return new Signature(inputs, type(function.output()));
  }

  private Type record(TypeRef.RecordOf record) {
    SequencedMap<String, Type> fields = fields(record.fields());
    int size = fields.values().stream().mapToInt(each -> 1 + size(each)).sum();
    if (size > MAX_FIELDS) {
      return problem(
          Code.SV2022,
          record,
          "a type has at most " + MAX_FIELDS + " fields, those of the types in it included");
    }
    Type type = new Type.Fields(fields);
    sizes.put(type, size);
    return type;
  }

  private int size(Type type) {
    return sizes.getOrDefault(type, 0);
  }

  private SequencedMap<String, Type> fields(List<TypeRef.Field> written) {
    var fields = new LinkedHashMap<String, Type>();
    var places = new TreeMap<String, Name>();
    for (TypeRef.Field field : written) {
      Name name = field.name();
      Name earlier = places.putIfAbsent(name.text(), name);
      if (earlier == null) {
        fields.put(name.text(), type(field.type()));
      } else {
        diagnostics.add(
            Diagnostic.of(Code.SV2023, name.span(), "`" + name + "` is there twice")
                .relating(earlier.span(), "it is named here already")
                .offering(apart(field, earlier, written)));
      }
    }
    return fields;
  }

  /** The same once more is too much; another one needs another name. */
  private static List<Fix> apart(TypeRef.Field field, Name earlier, List<TypeRef.Field> all) {
    Name name = field.name();
    boolean same =
        all.stream()
            .filter(each -> each.name().equals(earlier))
            .anyMatch(each -> each.type().span().text().equals(field.type().span().text()));
    if (same) {
      return List.of(Fix.remove("remove the second", name.span().to(field.type().span())));
    }
    var taken = all.stream().map(each -> each.name().text()).collect(Collectors.toSet());
    return name.span().text().equals(name.text())
        ? List.of(
            Fix.rename(Spelling.free(name.text(), taken::contains), List.of(name.span()))
                .suggested())
        : List.of();
  }

  private Type named(TypeRef.Named named) {
    String name = named.name().text();
    Optional<Element> element = Element.of(name);
    if (element.isPresent()) {
      return tensor(element.get(), named);
    }
    boolean known =
        values.containsKey(name)
            || signatures.containsKey(name)
            || parameters.contains(name)
            || name.equals("json");
    if (known && !named.dims().isEmpty()) {
      return problem(
          Code.SV2022,
          named,
          "`" + name + "` takes no dims: they belong to an element type such as `f32[n, 4]`",
          signatures.containsKey(name)
              ? Optional.empty()
              : Optional.of(Fix.replace(named.span(), name).suggested()));
    }
    if (parameters.contains(name)) {
      return new Type.Parameter(name);
    }
    if (name.equals("json")) {
      return new Type.Json();
    }
    return isSignature(named)
        ? problem(
            Code.SV2021,
            named,
            "`" + name + "` is a signature, and a value is none of those",
            given(name, named))
        : values.getOrDefault(name, UNKNOWN);
  }

  private Type tensor(Element element, TypeRef.Named named) {
    var dims = new ArrayList<Dim>();
    for (Name dim : named.dims()) {
      String text = dim.text().replace("_", "");
      if (text.equals("?")) {
        dims.add(new Dim.Unknown());
      } else if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
        dims.add(new Dim.Symbol(dim.text()));
      } else if (text.length() <= 15 && text.chars().allMatch(Character::isDigit)) {
        dims.add(new Dim.Size(Long.parseLong(text)));
      } else {
        diagnostics.add(
            Diagnostic.of(
                Code.SV2022,
                dim.span(),
                "a dim is a whole number, a symbol such as `n`, or `?`, not `" + dim + "`"));
        dims.add(new Dim.Unknown());
      }
    }
    return new Type.Tensor(element, dims);
  }

  /** What the models of a signature give, which may be meant by its name. */
  private Optional<Fix> given(String name, TypeRef.Named at) {
    return Optional.ofNullable(signatures.get(name))
        .flatMap(signature -> Spelt.of(signature.output()))
        .map(output -> Fix.replace(at.span(), output).suggested());
  }

  /** {@code [f32]} is a tensor of any number of them. */
  private static Optional<Fix> tensor(TypeRef.ListOf list) {
    if (!(list.item() instanceof TypeRef.Named item) || Element.of(item.name().text()).isEmpty()) {
      return Optional.empty();
    }
    var dims = new ArrayList<String>(List.of("?"));
    item.dims().forEach(each -> dims.add(each.text()));
    return Optional.of(Fix.replace(list.span(), item.name() + "[" + String.join(", ", dims) + "]"));
  }

  private Type problem(Code code, TypeRef ref, String message) {
    return problem(code, ref, message, Optional.empty());
  }

  private Type problem(Code code, TypeRef ref, String message, Optional<Fix> fix) {
    var diagnostic = Diagnostic.of(code, ref.span(), message);
    diagnostics.add(fix.map(diagnostic::fixedBy).orElse(diagnostic));
    return UNKNOWN;
  }
}
