package dev.salver.kube.graph;

import dev.salver.kube.graph.Calls.Reply;
import dev.salver.kube.graph.Interpreter.Ports;
import dev.salver.kube.graph.Step.Branch;
import dev.salver.kube.graph.Step.Case;
import dev.salver.kube.graph.Step.Reduction;
import dev.salver.kube.graph.Step.Share;
import dev.salver.kube.graph.Step.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One request on its way through a graph. */
final class Run {
  /** Nanoseconds, of a deadline that is none. */
  static final long NEVER = Long.MAX_VALUE;

  private final Ports ports;
  private final Map<Case, Condition> conditions;
  private final long start;
  private final long deadline;

  /** A branch's value, or why it has none; and the calls that it made. */
  private record Branched(@Nullable Value value, @Nullable Lost lost, List<String> route) {}

  /**
   * @param deadline nanoseconds from now
   */
  Run(Ports ports, Map<Case, Condition> conditions, long deadline) {
    this.ports = ports;
    this.conditions = conditions;
    this.start = ports.nanoTime().getAsLong();
    this.deadline = deadline;
  }

  /** The value of the last step; the calls that are made are added to the route. */
  Value steps(List<Step> steps, Scope scope, List<String> route) throws Lost, InterruptedException {
    return steps(steps, scope, deadline, route, false);
  }

  private Value steps(List<Step> steps, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    Value last = null;
    for (Step step : steps) {
      last = step(step, scope, until, route, shadow);
      scope.put(step.name(), last);
    }
    if (last == null) {
      throw new IllegalStateException("no steps");
    }
    return last;
  }

  private Value step(Step step, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    shadow(step, scope);
    for (int attempt = 0; ; attempt++) {
      long now = elapsed();
      if (now >= until) {
        throw late(step, until);
      }
      long own =
          step.withinMillis().isPresent()
              ? Math.min(until, now + step.withinMillis().getAsLong() * 1_000_000)
              : until;
      try {
        return attempt(step, scope, own, attempt == 0 ? route : new ArrayList<>(), shadow);
      } catch (Lost lost) {
        boolean another = attempt < step.retries() && lost.isPassing();
        if (lost.isFinal() || elapsed() >= until) {
          throw elapsed() >= until ? late(step, until) : lost;
        }
        if (!another) {
          if (step.fallback() == null) {
            throw lost;
          }
          return step(step.fallback(), scope, until, route, shadow);
        }
      }
    }
  }

  private Value attempt(Step step, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    Value value = work(step, scope, until, route, shadow);
    if (elapsed() > until) {
      throw new Lost(step.name(), 504, "`" + step.name() + "` answered too late");
    }
    return value;
  }

  private Lost late(Step step, long until) {
    return new Lost(
        step.name(), 504, "no time was left for `" + step.name() + "`", until == deadline);
  }

  private void shadow(Step step, Scope scope) {
    Step.Shadow shadow = step.shadow();
    if (shadow == null
        || ports.chance().draw(shadow.call().name()) >= shadow.percent().doubleValue()) {
      return;
    }
    Scope seen = scope.inner();
    ports
        .fan()
        .aside(
            () -> {
              try {
                step(shadow.call(), seen, deadline, new ArrayList<>(), true);
              } catch (Lost dropped) {
                // Nobody waits for it.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private Value work(Step step, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    String name = step.name();
    return switch (step.work()) {
      case Work.Call call -> call(name, call, scope, until, route, shadow);
      case Work.Pass pass -> scope.get(pass.from(), name);
      case Work.Constant constant -> constant.value();
      case Work.Fail fail -> throw new Lost(name, fail.status(), fail.message());
      case Work.Nested nested -> steps(nested.steps(), scope.inner(), until, route, shadow);
      case Work.Cast cast -> {
        Value from = scope.get(cast.from(), name);
        try {
          yield Casts.cast(from, cast.to());
        } catch (IllegalArgumentException e) {
          throw new Lost(name, 400, String.valueOf(e.getMessage()));
        }
      }
      case Work.Switch one -> steps(chosen(name, one, scope), scope.inner(), until, route, shadow);
      case Work.Split split -> steps(drawn(name, split), scope.inner(), until, route, shadow);
      case Work.All all -> all(name, all, scope, until, route, shadow);
    };
  }

  private Value call(
      String name, Work.Call call, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    var inputs = new LinkedHashMap<String, Value>();
    for (var input : call.inputs().entrySet()) {
      put(name, inputs, input.getKey(), scope.get(input.getValue(), name), "");
    }
    route.add(name);
    OptionalLong left = until == NEVER ? OptionalLong.empty() : OptionalLong.of(until - elapsed());
    var request = new Calls.Request(name, call.to(), inputs, left, shadow);
    return switch (ports.calls().call(request)) {
      case Reply.Failed failed -> throw new Lost(name, failed.status(), failed.message());
      case Reply.Answered answered -> {
        if (!call.single()) {
          yield new Value.Fields(answered.outputs());
        }
        if (answered.outputs().size() != 1) {
          throw new Lost(
              name,
              502,
              "`" + name + "` answered " + answered.outputs().size() + " outputs, not one");
        }
        yield answered.outputs().firstEntry().getValue();
      }
    };
  }

  /** A record is its fields on the wire, one in another with a dot between. */
  private static void put(
      String step, SequencedMap<String, Value> inputs, String name, Value value, String within)
      throws Lost {
    if (value instanceof Value.Fields fields) {
      for (var field : fields.values().entrySet()) {
        String key = within.isEmpty() ? field.getKey() : within + "." + field.getKey();
        put(step, inputs, key, field.getValue(), key);
      }
    } else if (inputs.put(name, value) != null) {
      throw new Lost(step, 500, "two values are called `" + name + "`");
    }
  }

  private List<Step> chosen(String name, Work.Switch one, Scope scope) throws Lost {
    for (Case each : one.cases()) {
      Condition condition = conditions.get(each);
      if (condition == null) {
        throw new IllegalStateException("not compiled: " + each.condition());
      }
      if (condition.holds(scope, name)) {
        return each.steps();
      }
    }
    if (one.otherwise().isEmpty()) {
      throw new Lost(name, 404, "no case of `" + name + "` holds");
    }
    return one.otherwise();
  }

  private List<Step> drawn(String name, Work.Split split) {
    double drawn = ports.chance().draw(name);
    double below = 0;
    for (Share share : split.shares()) {
      below += share.percent().doubleValue();
      if (drawn < below) {
        return share.steps();
      }
    }
    return split.shares().getLast().steps();
  }

  private Value all(
      String name, Work.All all, Scope scope, long until, List<String> route, boolean shadow)
      throws Lost, InterruptedException {
    var tasks = new ArrayList<Callable<Branched>>();
    for (Branch branch : all.branches()) {
      tasks.add(() -> branch(branch, scope.inner(), until, shadow));
    }
    List<Branched> results =
        all.reduction() == Reduction.FIRST
            ? ports.fan().until(tasks, each -> each.value() != null)
            : ports.fan().all(tasks);
    if (all.reduction() == Reduction.FIRST && results.getLast().value() != null) {
      results = List.of(results.getLast());
    }
    var values = new LinkedHashMap<String, Value>();
    for (int i = 0; i < results.size(); i++) {
      route.addAll(results.get(i).route());
    }
    for (int i = 0; i < results.size(); i++) {
      Branched each = results.get(i);
      if (each.lost() != null) {
        throw each.lost();
      }
      if (each.value() != null) {
        values.put(all.branches().get(i).name(), each.value());
      }
    }
    return all.reduction() == null
        ? new Value.Fields(values)
        : reduced(name, all, new ArrayList<>(values.values()));
  }

  private Branched branch(Branch branch, Scope scope, long until, boolean shadow)
      throws InterruptedException {
    var route = new ArrayList<String>();
    try {
      return new Branched(steps(branch.steps(), scope, until, route, shadow), null, route);
    } catch (Lost lost) {
      return new Branched(null, lost, route);
    }
  }

  private static Value reduced(String name, Work.All all, List<Value> values) throws Lost {
    Reduction reduction = all.reduction();
    if (reduction == null) {
      throw new IllegalStateException(name);
    }
    var chosen = new ArrayList<Value>();
    for (Value value : values) {
      if (all.field() == null) {
        chosen.add(value);
      } else {
        Value field =
            value instanceof Value.Fields fields ? fields.values().get(all.field()) : null;
        if (field == null) {
          throw new Lost(name, 502, "a branch gives no `" + all.field() + "`");
        }
        chosen.add(field);
      }
    }
    try {
      Value value = Reducers.reduce(reduction, chosen);
      String field = all.field();
      return field == null || value instanceof Value.Fields
          ? value
          : new Value.Fields(single(field, value));
    } catch (IllegalArgumentException e) {
      throw new Lost(name, 502, String.valueOf(e.getMessage()));
    }
  }

  private static SequencedMap<String, Value> single(String name, Value value) {
    var values = new LinkedHashMap<String, Value>();
    values.put(name, value);
    return values;
  }

  private long elapsed() {
    return ports.nanoTime().getAsLong() - start;
  }
}
