package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as conditions see them; a field is made when it is read. */
final class CelValues {
  /** A condition over more should be a model. */
  private static final int MAX_ELEMENTS = 100_000;

  private CelValues() {}

  static Object of(Value value) {
    return switch (value) {
      case Tensor tensor -> tensor(tensor);
      case Value.Fields fields -> new Lazy(fields.values());
      case Value.Json json -> json(json.node());
    };
  }

  /** Every step and input by name, read as they are asked for. */
  static Map<String, Object> steps(Scope scope) {
    return new AbstractMap<>() {
      @Override
      public @Nullable Object get(@Nullable Object key) {
        Value value = key instanceof String name ? scope.get(name) : null;
        return value == null ? null : of(value);
      }

      @Override
      public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && scope.get(name) != null;
      }

      @Override
      public Set<Entry<String, Object>> entrySet() {
        return Set.of();
      }
    };
  }

  private static final class Lazy extends AbstractMap<String, Object> {
    private final Map<String, Value> fields;

    Lazy(Map<String, Value> fields) {
      this.fields = fields;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      Value value = fields.get(key);
      return value == null ? null : of(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return fields.containsKey(key);
    }

    @Override
    public int size() {
      return fields.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      var entries = new LinkedHashSet<Entry<String, Object>>();
      fields.forEach((name, value) -> entries.add(Map.entry(name, of(value))));
      return entries;
    }
  }

  private static Object tensor(Tensor tensor) {
    if (tensor.count() == 1) {
      return TensorValues.element(tensor, 0);
    }
    if (tensor.count() > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "a condition reads at most " + MAX_ELEMENTS + " elements, and this is " + tensor);
    }
    return TensorValues.rows(tensor);
  }

  private static Object json(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.longValue()
          : (Object) node.doubleValue();
    } else if (node.isArray()) {
      var list = new ArrayList<Object>();
      node.forEach(each -> list.add(json(each)));
      return list;
    } else if (node.isObject()) {
      var map = new LinkedHashMap<String, Object>();
      node.properties().forEach(each -> map.put(each.getKey(), json(each.getValue())));
      return map;
    }
    return dev.cel.common.values.NullValue.NULL_VALUE;
  }

  static List<Object> values(Object value) {
    var flat = new ArrayList<Object>();
    flatten(value, flat);
    return flat;
  }

  private static void flatten(Object value, List<Object> into) {
    if (value instanceof List<?> list) {
      list.forEach(each -> flatten(each, into));
    } else if (value instanceof Lazy record && record.size() == 1) {
      flatten(record.entrySet().iterator().next().getValue(), into);
    } else {
      into.add(value);
    }
  }

  static Object max(Object value) {
    return end(value, 1);
  }

  static Object min(Object value) {
    return end(value, -1);
  }

  private static Object end(Object value, int sign) {
    List<Object> all = values(value);
    Object best = number(first(all));
    for (Object each : all) {
      if (sign
              * Integer.signum(
                  Double.compare(number(each).doubleValue(), ((Number) best).doubleValue()))
          > 0) {
        best = each;
      }
    }
    return best;
  }

  static Object mean(Object value) {
    List<Object> all = values(value);
    first(all);
    double sum = 0;
    for (Object each : all) {
      sum += number(each).doubleValue();
    }
    return sum / all.size();
  }

  static Object sum(Object value) {
    List<Object> all = values(value);
    boolean whole = all.stream().allMatch(Long.class::isInstance);
    double sum = 0;
    long exact = 0;
    for (Object each : all) {
      sum += number(each).doubleValue();
      exact += number(each).longValue();
    }
    return whole ? (Object) exact : (Object) sum;
  }

  static List<Object> list(Object value) {
    return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }

  static Object any(Object value) {
    return values(value).stream().anyMatch(CelValues::truth);
  }

  static Object allOf(Object value) {
    return values(value).stream().allMatch(CelValues::truth);
  }

  private static Object first(List<Object> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a tensor has no elements");
    }
    return all.getFirst();
  }

  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("`" + value + "` is no number");
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new IllegalArgumentException("`" + value + "` is neither true nor false");
  }
}
