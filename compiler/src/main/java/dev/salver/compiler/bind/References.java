package dev.salver.compiler.bind;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.TypeParameters;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether each name that is used is declared; the answer to a typo is the name that was meant. */
final class References {
  /** What other languages and libraries call the types of elements. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("float", "f32"),
          Map.entry("float16", "f16"),
          Map.entry("half", "f16"),
          Map.entry("bfloat16", "bf16"),
          Map.entry("float32", "f32"),
          Map.entry("fp16", "f16"),
          Map.entry("fp32", "f32"),
          Map.entry("fp64", "f64"),
          Map.entry("float64", "f64"),
          Map.entry("double", "f64"),
          Map.entry("byte", "u8"),
          Map.entry("uint8", "u8"),
          Map.entry("uint16", "u16"),
          Map.entry("uint32", "u32"),
          Map.entry("uint64", "u64"),
          Map.entry("int8", "i8"),
          Map.entry("int16", "i16"),
          Map.entry("int32", "i32"),
          Map.entry("int64", "i64"),
          Map.entry("int", "i64"),
          Map.entry("integer", "i64"),
          Map.entry("long", "i64"),
          Map.entry("boolean", "bool"),
          Map.entry("str", "string"),
          Map.entry("text", "string"),
          Map.entry("BYTES", "bytes"),
          Map.entry("FP16", "f16"),
          Map.entry("FP32", "f32"),
          Map.entry("FP64", "f64"),
          Map.entry("INT32", "i32"),
          Map.entry("INT64", "i64"),
          Map.entry("UINT8", "u8"),
          Map.entry("BOOL", "bool"),
          Map.entry("String", "string"));

  private static final Set<String> ELEMENTS =
      Set.of(
          "bool", "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f16", "bf16", "f32", "f64",
          "string", "bytes", "json");

  private final Declarations declarations;
  private final Diagnostics diagnostics;

  /** Type parameters of the template that is looked at. */
  private final Set<String> parameters = new HashSet<>();

  private References(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  static void check(Declarations declarations, List<Entry> entries, Diagnostics diagnostics) {
    var references = new References(declarations, diagnostics);
    entries.forEach(references::entry);
  }

  private void entry(Entry entry) {
    switch (entry) {
      case Resource resource -> resource(resource);
      case Entry.TypeDecl type -> type(type.type());
      case Entry.Param param -> param(param.type());
      case Entry.Graph graph -> graph(graph);
      default -> {}
    }
  }

  private void graph(Entry.Graph graph) {
    parameters.clear();
    parameters.addAll(TypeParameters.of(graph, declarations.types().keySet()));
    for (Entry.Parameter each : graph.parameters()) {
      if (each.type() != null) {
        param(each.type());
      }
    }
    if (graph.signature() != null) {
      type(graph.signature());
    }
    parameters.clear();
  }

  private void resource(Resource resource) {
    if (resource.type() != null) {
      type(resource.type());
    }
    if (resource.kind() == Kind.MODEL && resource.on() != null) {
      known(resource.on(), "runtime", declarations.runtimes().keySet());
    }
    if (resource.kind() == Kind.ENV) {
      if (resource.parent() != null) {
        known(resource.parent(), "environment", declarations.environments().keySet());
      }
      for (Entry inner : resource.body()) {
        if (inner instanceof Resource patch) {
          Names.checkHeader(patch, patch.isSelector() && patch.kind() == Kind.MODEL, diagnostics);
          resource(patch);
        }
      }
    }
  }

  /** A param, and a template's parameter, may also be of a dimension, which no tensor has. */
  private void param(TypeRef type) {
    switch (type) {
      case TypeRef.Named named when Dimension.of(named.name().text()).isPresent() -> {}
      case TypeRef.ListOf list -> param(list.item());
      case TypeRef.RecordOf fields -> fields.fields().forEach(field -> param(field.type()));
      default -> type(type);
    }
  }

  private void type(TypeRef type) {
    switch (type) {
      case TypeRef.Named named -> {
        String text = named.name().text();
        if (!ELEMENTS.contains(text)
            && !parameters.contains(text)
            && !declarations.types().containsKey(text)) {
          boolean declared = Character.isUpperCase(text.charAt(0));
          known(named.name(), "type", declared ? declarations.types().keySet() : ELEMENTS);
        }
      }
      case TypeRef.RecordOf fields -> fields.fields().forEach(field -> type(field.type()));
      // No value is of a list, so that is told instead.
      case TypeRef.ListOf list -> {}
      case TypeRef.Function function -> {
        function.inputs().forEach(field -> type(field.type()));
        type(function.output());
      }
      case TypeRef.Missing missing -> {}
    }
  }

  private void known(Name name, String what, Collection<String> names) {
    if (names.contains(name.text()) || declarations.isUnresolved(name.text())) {
      return;
    }
    var diagnostic =
        Diagnostic.of(Code.SV1002, name.span(), "there is no " + what + " `" + name + "`");
    diagnostics.add(
        Optional.ofNullable(ELSEWHERE.get(name.text()))
            .or(() -> Spelling.nearest(name.text(), names))
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }
}
