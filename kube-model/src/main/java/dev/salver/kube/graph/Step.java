package dev.salver.kube.graph;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A step: a name for the value that its work gives.
 *
 * @param withinMillis deadline of each attempt
 * @param retries further attempts after the first
 * @param fallback whose value it has when all attempts fail
 */
public record Step(
    String name,
    Work work,
    OptionalLong withinMillis,
    int retries,
    @Nullable Step fallback,
    @Nullable Shadow shadow) {

  /** A step about which nothing more is said. */
  public static Step of(String name, Work work) {
    return new Step(name, work, OptionalLong.empty(), 0, null, null);
  }

  /**
   * A call beside the step, whose answer nobody waits for.
   *
   * @param percent of the requests
   */
  public record Shadow(BigDecimal percent, Step call) {}

  /** A value: an input of the request, an earlier step's, or a field of either. */
  public record Ref(String step, @Nullable String field) {
    /** The name under which the inputs are a record. */
    public static final String REQUEST = "request";

    /** Reads {@code step} or {@code step.field}; a field's name may have dots itself. */
    public static Ref parse(String text) {
      int dot = text.indexOf('.');
      return dot < 0
          ? new Ref(text, null)
          : new Ref(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
      return field == null ? step : step + "." + field;
    }
  }

  /** What a step does. */
  public sealed interface Work {
    /**
     * A call of a service.
     *
     * @param inputs by the name that the service gives them; a record's fields go by their own
     *     names
     * @param single whether the value is the answer's only output, not a record of it
     */
    record Call(Address to, SequencedMap<String, Ref> inputs, boolean single) implements Work {
      public Call {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
      }
    }

    /** Another element type, for each tensor of a value. */
    record Cast(Ref from, Datatype to) implements Work {}

    /** The first branch whose condition holds. */
    record Switch(List<Case> cases, List<Step> otherwise) implements Work {
      public Switch {
        cases = List.copyOf(cases);
        otherwise = List.copyOf(otherwise);
      }
    }

    /** One branch, drawn for each request. */
    record Split(List<Share> shares) implements Work {
      public Split {
        shares = List.copyOf(shares);
      }
    }

    /**
     * Every branch, side by side.
     *
     * @param reduction how their values become one; null for a record of them
     * @param field that is reduced, to a record of it; null where the branches' values are no
     *     records
     */
    record All(List<Branch> branches, @Nullable Reduction reduction, @Nullable String field)
        implements Work {
      public All {
        branches = List.copyOf(branches);
      }
    }

    /** Steps of its own. */
    record Nested(List<Step> steps) implements Work {
      public Nested {
        steps = List.copyOf(steps);
      }
    }

    /** What is there already. */
    record Pass(Ref from) implements Work {}

    /** What never changes; one tensor named by {@code ""} is no record. */
    record Constant(Value value) implements Work {}

    /** Ends the request. */
    record Fail(int status, String message) implements Work {}
  }

  /**
   * Whom a call calls.
   *
   * @param service in the graph's namespace, or beside {@code url} what failures are told by
   * @param url of an endpoint elsewhere; null for a service
   * @param model the name in the path of the request
   * @param protocol {@code v1} or {@code v2}, {@code grpc-v1} or {@code grpc-v2}
   */
  public record Address(String service, @Nullable String url, String model, String protocol) {
    public static Address service(String name) {
      return new Address(name, null, name, "v2");
    }
  }

  /** A condition, as CEL text, and what runs where it holds. */
  public record Case(String condition, List<Step> steps) {
    public Case {
      steps = List.copyOf(steps);
    }
  }

  public record Share(BigDecimal percent, List<Step> steps) {
    public Share {
      steps = List.copyOf(steps);
    }
  }

  public record Branch(String name, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }

  /** How the values of branches become one, element by element. */
  public enum Reduction {
    /** Of numbers. */
    MEAN,
    /** Of numbers. */
    MAX,
    /** What most branches say; of equals, what the earliest of them says. */
    VOTE,
    /** What the first branch says that answers; the others are given up. */
    FIRST;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
