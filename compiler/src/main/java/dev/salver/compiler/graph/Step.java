package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A step of a graph.
 *
 * @param name unique in its graph; what conditions and later steps call its value
 * @param type of its value
 * @param span the place that a diagnostic about it points at
 */
public record Step(String name, Work work, Type type, Edge edge, Span span) {
  /** Where a value comes from: a step's value, or one field of it. */
  public record Ref(String step, Optional<String> field) {
    /** The name under which a graph's own inputs are a record. */
    public static final String REQUEST = "request";
  }

  /** What a call's input gets. */
  public record Binding(String input, Ref from, Type type) {}

  /**
   * What is said about a call.
   *
   * @param withinMillis deadline of each attempt
   * @param retries further attempts after the first
   * @param fallback stands in when all attempts fail
   */
  public record Edge(
      OptionalLong withinMillis, int retries, @Nullable Step fallback, @Nullable Shadow shadow) {
    public static final Edge PLAIN = new Edge(OptionalLong.empty(), 0, null, null);
  }

  /**
   * A call whose answer is dropped.
   *
   * @param percent of the requests, 100 without {@code at}
   */
  public record Shadow(Step call, BigDecimal percent) {}

  /** What a step does. */
  public sealed interface Work {
    /**
     * Calls a model or graph.
     *
     * @param service its name in this program
     * @param signature of the service, its symbols not yet bound
     */
    record Call(String service, Signature signature, List<Binding> inputs) implements Work {
      public Call {
        inputs = List.copyOf(inputs);
      }
    }

    /** {@code cast[u8]}. */
    record Cast(Element to, Ref from) implements Work {}

    /** The first branch whose condition holds; conditions speak of steps and inputs by name. */
    record Switch(List<Case> cases, @Nullable Body otherwise) implements Work {
      public Switch {
        cases = List.copyOf(cases);
      }
    }

    /** One branch, drawn per request. */
    record Split(List<Share> shares) implements Work {
      public Split {
        shares = List.copyOf(shares);
      }
    }

    /** All branches side by side; without a reducer the value is a record of them. */
    record All(List<Branch> branches, Optional<Reducer> reducer) implements Work {
      public All {
        branches = List.copyOf(branches);
      }
    }

    /** An inlined template or a branch with steps of its own. */
    record Nested(Body body) implements Work {}

    /** A name alone: the value of an input or an earlier step. */
    record Pass(Ref ref) implements Work {}

    /** A constant record. */
    record Constant(List<Field> fields) implements Work {
      public Constant {
        fields = List.copyOf(fields);
      }
    }

    /** Ends the request with a status. */
    record Fail(int status, String message) implements Work {}
  }

  public record Case(Expr condition, Body body) {}

  public record Share(BigDecimal percent, Body body) {}

  public record Branch(String name, Body body) {}

  public record Field(String name, Expr value) {}

  /** How the values of branches become one. */
  public enum Reduction {
    MEAN,
    MAX,
    VOTE,
    FIRST
  }

  /**
   * {@code by mean(score)}.
   *
   * @param field of the branches' records; empty where they are no records
   */
  public record Reducer(Reduction reduction, Optional<String> field) {}
}
