package dev.salver.kube.graph;

import dev.salver.kube.graph.Step.Ref;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a step can see: those of its own steps so far, and those around them. */
final class Scope {
  private final @Nullable Scope around;
  private final Value.Fields request;
  private final Map<String, Value> values = new HashMap<>();

  Scope(Value.Fields request) {
    this.around = null;
    this.request = request;
  }

  private Scope(Scope around) {
    this.around = around;
    this.request = around.request;
  }

  /** For a branch, which writes nothing around it. */
  Scope inner() {
    return new Scope(this);
  }

  void put(String step, Value value) {
    values.put(step, value);
  }

  /** A step's value, an input's, or the request's; null where there is none. */
  @Nullable Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.around) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return name.equals(Ref.REQUEST) ? request : request.values().get(name);
  }

  /**
   * @param step for which it is asked
   */
  Value get(Ref ref, String step) throws Lost {
    Value value = get(ref.step());
    String field = ref.field();
    if (value == null) {
      throw new Lost(step, 500, "there is no value `" + ref.step() + "`");
    }
    if (field == null) {
      return value;
    }
    Value below = below(value, field);
    if (below == null) {
      throw new Lost(step, 500, "`" + ref.step() + "` has no field `" + field + "`");
    }
    return below;
  }

  /** A field, or a field of a field with a dot between; the longest name that is there counts. */
  private static @Nullable Value below(Value value, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      Value field = field(value, path.substring(0, end));
      if (field != null) {
        return end == path.length() ? field : below(field, path.substring(end + 1));
      }
    }
    return null;
  }

  private static @Nullable Value field(Value value, String name) {
    return switch (value) {
      case Value.Fields fields -> fields.values().get(name);
      case Value.Json json -> json.node().has(name) ? new Value.Json(json.node().path(name)) : null;
      case Tensor tensor -> null;
    };
  }
}
