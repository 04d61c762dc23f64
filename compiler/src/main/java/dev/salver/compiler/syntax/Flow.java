package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a -> b -> switch { }}: stages, each applied to what the one before it gives. */
public record Flow(List<Stage> stages, Span span) {
  public Flow {
    stages = List.copyOf(stages);
  }

  /** A node with what is said about it behind it. */
  public record Stage(Node node, List<Modifier> modifiers, Span span) {
    public Stage {
      modifiers = List.copyOf(modifiers);
    }
  }

  /** What a stage does. */
  public sealed interface Node {
    Span span();

    /**
     * A name, a call, an instance of a template, a value {@code { label = "none" }}, {@code
     * fail(…)}.
     */
    record Term(Expr expr, Span span) implements Node {}

    record Switch(List<Branch> branches, Span span) implements Node {
      public Switch {
        branches = List.copyOf(branches);
      }
    }

    record Split(List<Branch> branches, Span span) implements Node {
      public Split {
        branches = List.copyOf(branches);
      }
    }

    /** {@code all { a, b } by mean(score)}. */
    record All(List<Member> members, @Nullable Expr reducer, Span span) implements Node {
      public All {
        members = List.copyOf(members);
      }
    }
  }

  /** A branch of {@code switch} or {@code split}. */
  public sealed interface Branch {
    Span span();

    /** {@code guard => flow}; without a guard it is {@code else}. */
    record Case(@Nullable Expr guard, Flow flow, Span span) implements Branch {}

    /** {@code for each name in list { branches }}. */
    record Each(Name name, Expr list, List<Branch> branches, Span span) implements Branch {
      public Each {
        branches = List.copyOf(branches);
      }
    }
  }

  /** A branch of {@code all}. */
  public sealed interface Member {
    Span span();

    record One(Flow flow, Span span) implements Member {}

    /** {@code for each name in list { members }}. */
    record Each(Name name, Expr list, List<Member> members, Span span) implements Member {
      public Each {
        members = List.copyOf(members);
      }
    }
  }

  /** What is said about a node behind it; the order is the checker's business. */
  public sealed interface Modifier {
    Span span();

    record Within(Expr duration, Span span) implements Modifier {}

    record Retry(Expr times, Span span) implements Modifier {}

    record Or(Expr call, Span span) implements Modifier {}

    record Shadow(Expr call, @Nullable Expr share, Span span) implements Modifier {}

    record As(Name name, Span span) implements Modifier {}
  }
}
