package dev.salver.compiler.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What lists are asked for, in a bounded number of steps. */
final class Lists {
  /** Items of a list that an expression makes. */
  static final int MAX = 10_000;

  private static final int MAX_STEPS = 100_000;

  private Lists() {}

  static ImmutableList<Class<?>> of(Class<?>... classes) {
    return ImmutableList.copyOf(classes);
  }

  static boolean isSorted(List<?> list) throws CelEvaluationException {
    for (int i = 1; i < list.size(); i++) {
      if (compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Of no items, 0. */
  static Object sum(List<?> list) throws CelEvaluationException {
    if (list.isEmpty()) {
      return 0L;
    }
    if (list.stream().allMatch(Long.class::isInstance)) {
      try {
        return list.stream().mapToLong(each -> (Long) each).reduce(0L, Math::addExact);
      } catch (ArithmeticException e) {
        throw new CelEvaluationException("the sum is too large", e);
      }
    }
    double sum = 0;
    for (Object each : list) {
      sum += number(each);
    }
    return sum;
  }

  static double mean(List<?> list) throws CelEvaluationException {
    if (list.isEmpty()) {
      throw new CelEvaluationException("an empty list has no mean");
    }
    return ((Number) sum(list)).doubleValue() / list.size();
  }

  private static double number(Object item) throws CelEvaluationException {
    if (item instanceof Number number) {
      return number.doubleValue();
    }
    throw new CelEvaluationException("only numbers are summed up");
  }

  /**
   * @param sign 1 for the largest item, -1 for the smallest
   */
  static Object extreme(List<?> list, int sign) throws CelEvaluationException {
    if (list.isEmpty()) {
      throw new CelEvaluationException("an empty list has no " + (sign > 0 ? "max" : "min"));
    }
    Object best = list.getFirst();
    for (Object each : list) {
      if (compare(each, best) * sign > 0) {
        best = each;
      }
    }
    return best;
  }

  static long index(List<?> list, Object item, boolean last) throws CelEvaluationException {
    for (int i = 0; i < list.size(); i++) {
      int at = last ? list.size() - 1 - i : i;
      if (same(list.get(at), item)) {
        return at;
      }
    }
    return -1;
  }

  static int compare(Object a, Object b) throws CelEvaluationException {
    if (a instanceof Long x && b instanceof Long y) {
      return x.compareTo(y);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    if (a instanceof Duration x && b instanceof Duration y) {
      return x.compareTo(y);
    }
    if (a instanceof Quantity x && b instanceof Quantity y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    throw new CelEvaluationException("the items have no order");
  }

  /** Equal as CEL has it: numbers by their amount, lists and maps by what is in them. */
  static boolean same(Object a, Object b) throws CelEvaluationException {
    return same(a, b, new int[] {MAX_STEPS});
  }

  private static boolean same(Object a, Object b, int[] left) throws CelEvaluationException {
    if (left[0]-- <= 0) {
      throw new CelEvaluationException("the values are too large to be compared");
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      boolean same = x.size() == y.size();
      for (int i = 0; same && i < x.size(); i++) {
        same = same(x.get(i), y.get(i), left);
      }
      return same;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      boolean same = x.size() == y.size();
      for (Map.Entry<?, ?> entry : x.entrySet()) {
        Object other = y.get(entry.getKey());
        same = same && other != null && same(entry.getValue(), other, left);
      }
      return same;
    }
    if (a instanceof Double || b instanceof Double) {
      return a instanceof Number x
          && b instanceof Number y
          && x.doubleValue() == y.doubleValue()
          && ((a instanceof Double && b instanceof Double) || exact(x).compareTo(exact(y)) == 0);
    }
    return a.equals(b);
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : BigDecimal.valueOf(number.longValue());
  }
}
