package dev.salver.compiler.bind;

import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Allowances.Allowance;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Severity;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Annotation;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks annotations as they are written, and collects what they allow. */
public final class Annotations {
  private static final List<String> KNOWN = List.of("abstract", "allow", "deprecated");

  private final Diagnostics diagnostics;
  private final List<Allowance> allowances = new ArrayList<>();

  private Annotations(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * @param entries as they are written, loops among them
   */
  public static Allowances check(List<Entry> entries, Diagnostics diagnostics) {
    var annotations = new Annotations(diagnostics);
    entries.forEach(annotations::entry);
    return new Allowances(annotations.allowances);
  }

  private void entry(Entry entry) {
    switch (entry) {
      case Resource resource -> {
        check(resource.annotations(), entry, resource.kind());
        if (resource.kind() == Kind.ENV) {
          resource.body().forEach(this::entry);
        }
      }
      case Entry.Graph graph -> check(graph.annotations(), entry, null);
      case Entry.TypeDecl type -> check(type.annotations(), entry, null);
      case Entry.Param param -> check(param.annotations(), entry, null);
      case Entry.ForEach each -> each.block().entries().forEach(this::entry);
      default -> {}
    }
  }

  private void check(List<Annotation> annotations, Entry entry, @Nullable Kind kind) {
    var seen = new HashMap<String, Span>();
    for (Annotation annotation : annotations) {
      String name = annotation.name().text();
      switch (name) {
        case "abstract" -> isAbstract(annotation, kind);
        case "deprecated" -> deprecated(annotation, kind);
        case "allow" -> allow(annotation, entry.span());
        default -> unknown(annotation.name());
      }
      Span earlier =
          seen.putIfAbsent(
              name.equals("allow") ? name + code(annotation) : name, annotation.span());
      if (earlier != null && KNOWN.contains(name)) {
        diagnostics.add(
            Diagnostic.of(Code.SV1016, annotation.span(), "`@" + name + "` stands here twice")
                .relating(earlier, "it stands here already"));
      }
    }
  }

  private void isAbstract(Annotation annotation, @Nullable Kind kind) {
    if (kind != Kind.ENV) {
      wrong(annotation, "`@abstract` stands before an environment only");
    } else if (!annotation.arguments().isEmpty()) {
      wrong(annotation, "`@abstract` takes nothing");
    }
  }

  private void deprecated(Annotation annotation, @Nullable Kind kind) {
    if (kind == Kind.PROJECT || kind == Kind.TEST || kind == Kind.POLICY) {
      wrong(annotation, "`@deprecated` stands before what others name only");
    } else if (annotation.arguments().size() != 1
        || text(annotation.arguments().getFirst()).isEmpty()) {
      wrong(annotation, "`@deprecated` takes what to do instead: `@deprecated(\"use x\")`");
    }
  }

  private void allow(Annotation annotation, Span scope) {
    List<Expr.Argument> arguments = annotation.arguments();
    if (arguments.isEmpty() || !(arguments.getFirst().value() instanceof Expr.Word word)) {
      wrong(annotation, "`@allow` takes a code and why: `@allow(SV4102, \"reason\")`");
      return;
    }
    Optional<Code> code =
        Arrays.stream(Code.values()).filter(each -> each.name().equals(word.text())).findFirst();
    Optional<String> reason = arguments.size() == 2 ? text(arguments.getLast()) : Optional.empty();
    if (code.isEmpty()) {
      var names = Arrays.stream(Code.values()).filter(Annotations::isAllowable).map(Code::name);
      var diagnostic =
          Diagnostic.of(Code.SV1016, word.span(), "there is no diagnostic `" + word.text() + "`");
      diagnostics.add(
          Spelling.nearest(word.text(), names.toList())
              .map(near -> diagnostic.fixedBy(Fix.replace(word.span(), near)))
              .orElse(diagnostic));
    } else if (!isAllowable(code.get())) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV1016,
              word.span(),
              "`" + word.text() + "` is an error, and errors can't be allowed"));
    } else if (reason.isEmpty()) {
      wrong(annotation, "`@allow` says why: `@allow(" + word.text() + ", \"reason\")`");
    } else {
      allowances.add(new Allowance(code.get(), scope, annotation.span(), reason.get()));
    }
  }

  private static String code(Annotation annotation) {
    return annotation.arguments().isEmpty()
        ? ""
        : annotation.arguments().getFirst().value().span().text();
  }

  private static boolean isAllowable(Code code) {
    return code.severity() != Severity.ERROR;
  }

  /** A text without holes that says something. */
  private static Optional<String> text(Expr.Argument argument) {
    return argument.name() == null
        ? argument.value().plainText().map(String::strip).filter(said -> !said.isEmpty())
        : Optional.empty();
  }

  private void wrong(Annotation annotation, String message) {
    diagnostics.add(Diagnostic.of(Code.SV1016, annotation.span(), message));
  }

  private void unknown(Name name) {
    var diagnostic =
        Diagnostic.of(
            Code.SV1002,
            name.span(),
            "there is no annotation `@" + name + "`, only `@abstract`, `@allow` and `@deprecated`");
    diagnostics.add(
        Spelling.nearest(name.text(), KNOWN)
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }
}
