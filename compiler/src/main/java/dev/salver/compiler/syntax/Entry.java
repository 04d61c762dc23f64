package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement, at the top of a file or between braces. */
public sealed interface Entry {
  Span span();

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
  }

  /** {@code type Name = …}. */
  record TypeDecl(Name name, TypeRef type, Span span) implements Entry {}

  /** {@code param name: type in options = value}. */
  record Param(Name name, TypeRef type, @Nullable Expr options, @Nullable Expr value, Span span)
      implements Entry {}

  /** {@code graph name…}; what it does is not in the tree yet. */
  record Graph(Name name, Span span) implements Entry {}

  /** {@code for each name in list { }}. */
  record ForEach(Name name, Expr list, Block block, Span span) implements Entry {}

  /** {@code import …}. */
  record Import(List<Name> names, Span span) implements Entry {
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
