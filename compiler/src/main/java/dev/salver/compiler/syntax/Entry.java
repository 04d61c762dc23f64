package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement, at the top of a file or between braces. */
public sealed interface Entry {
  Span span();

  /** Where to point at when it does not belong: its name, key or word rather than all of it. */
  default Span head() {
    return switch (this) {
      case Assertion assertion -> assertion.word().span();
      case Resource resource -> resource.name().span();
      case Setting setting -> setting.path().getFirst().span();
      case Section section -> section.path().getFirst().span();
      default -> span();
    };
  }

  /** Whether a syntax error left a declaration no name, so that it declares nothing. */
  default boolean isNameless() {
    return switch (this) {
      case Resource resource -> resource.name().isMissing();
      case Graph graph -> graph.name().isMissing();
      default -> false;
    };
  }

  /** {@code kind name[index]: Type on X from Y extends Z where C { }}. */
  record Resource(
      Kind kind,
      Name name,
      @Nullable Expr index,
      @Nullable TypeRef type,
      @Nullable Name on,
      @Nullable Expr from,
      @Nullable Name parent,
      @Nullable Expr where,
      @Nullable Block block,
      List<Annotation> annotations,
      Span span)
      implements Entry {
    public Resource {
      annotations = List.copyOf(annotations);
    }

    /** Whether the name is {@code *}. */
    public boolean isSelector() {
      return name.text().equals("*");
    }

    public List<Entry> body() {
      return block == null ? List.of() : block.entries();
    }

    public Optional<Annotation> annotation(String word) {
      return annotations.stream().filter(each -> each.name().text().equals(word)).findFirst();
    }

    /** Writes a statement behind the last one of the body. */
    public Fix adding(String statement) {
      return block == null ? Fix.begin(span, statement) : Fix.append(block.span(), statement);
    }
  }

  /** {@code type Name = …}. */
  record TypeDecl(Name name, TypeRef type, List<Annotation> annotations, Span span)
      implements Entry {
    public TypeDecl {
      annotations = List.copyOf(annotations);
    }
  }

  /** {@code param name: type in options = value}. */
  record Param(
      Name name,
      TypeRef type,
      @Nullable Expr options,
      @Nullable Expr value,
      List<Annotation> annotations,
      Span span)
      implements Entry {
    public Param {
      annotations = List.copyOf(annotations);
    }
  }

  /**
   * {@code graph name[parameters]: Type with { } = flow}.
   *
   * @param parameters what is known at compile time; a graph that has any is a template
   * @param signature a {@link TypeRef.Function} where inputs and output are written out, else what
   *     stands behind the colon; null where nothing does
   * @param steps the last one is the result; a graph with {@code =} has just that
   */
  record Graph(
      Name name,
      List<Parameter> parameters,
      @Nullable TypeRef signature,
      @Nullable Block settings,
      List<Step> steps,
      List<Annotation> annotations,
      Span span)
      implements Entry {
    public Graph {
      parameters = List.copyOf(parameters);
      steps = List.copyOf(steps);
      annotations = List.copyOf(annotations);
    }

    public boolean isTemplate() {
      return !parameters.isEmpty();
    }

    /** What it says behind {@code with}, in the form of other declarations. */
    public Resource asResource() {
      return new Resource(
          Kind.GRAPH, name, null, null, null, null, null, null, settings, annotations, span);
    }
  }

  /**
   * {@code name: Type = default} between a template's brackets; without a type it is the name of a
   * type, which each use infers.
   */
  record Parameter(Name name, @Nullable TypeRef type, @Nullable Expr value) {
    public boolean isType() {
      return type == null;
    }
  }

  /** {@code name = flow}, or a flow alone. */
  record Step(@Nullable Name name, Flow flow, Span span) {}

  /** {@code for each name in list { }}. */
  record ForEach(Name name, Expr list, Block block, Span span) implements Entry {}

  /**
   * {@code import { names } from "source"}, or {@code import name from "source"} for all of it
   * under that name.
   */
  record Import(List<Name> names, boolean isWhole, Name source, Span span) implements Entry {
    public Import {
      names = List.copyOf(names);
    }
  }

  /** {@code path = value}. */
  record Setting(List<Name> path, Expr value, boolean isFinal, Span span) implements Entry {
    public Setting {
      path = List.copyOf(path);
    }
  }

  /** {@code path { }}. */
  record Section(List<Name> path, Block block, boolean isFinal, Span span) implements Entry {
    public Section {
      path = List.copyOf(path);
    }
  }

  /** {@code gate | require | deny | expect expr else "message"}. */
  record Assertion(Name word, Expr expr, @Nullable Expr otherwise, Span span) implements Entry {}

  /** {@code stub name { }}. */
  record Stub(Name name, Block block, Span span) implements Entry {}
}
