package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a flow came to.
 *
 * @param name of the step unless the program gives it another; null where it has none of its own
 * @param plain its name in the plan where it has none in the program
 * @param calls whether a model or graph is called, which can fail and takes time
 * @param ends whether no request passes beyond it
 * @param value the value that a name alone stands for; null for work of its own
 * @param declared the place that says what its value is
 */
record Made(
    Step.Work work,
    Type type,
    @Nullable String name,
    String plain,
    Span span,
    boolean calls,
    boolean ends,
    @Nullable Flowing value,
    Flowing.@Nullable Declared declared) {
  /** A cast, a constant. */
  static Made still(Step.Work work, Type type, String plain, Span span) {
    return new Made(work, type, null, plain, span, false, false, null, null);
  }

  static Made choice(Step.Work work, Type type, String plain, Span span, boolean ends) {
    return new Made(work, type, null, plain, span, true, ends, null, null);
  }

  static Made fail(Step.Work work, Span span) {
    return new Made(work, new Type.Unknown(), null, "fail", span, false, true, null, null);
  }

  static Made call(Step.Work work, Type type, Service service, Span span) {
    return new Made(
        work, type, service.name(), service.name(), span, true, false, null, service.place());
  }

  /** The same under the name that a template has for what it calls. */
  Made called(String as) {
    return new Made(work, type, as, as, span, calls, ends, value, declared);
  }

  static Made pass(Flowing value, Span span) {
    String path = value.ref().field().orElse(value.ref().step());
    return new Made(
        new Step.Work.Pass(value.ref()),
        value.type(),
        null,
        path.substring(path.lastIndexOf('.') + 1),
        span,
        false,
        false,
        value,
        value.declared());
  }

  /** The same value, made in another way where a step of its own has to make it. */
  Made doing(Step.Work other) {
    return new Made(other, type, name, plain, span, calls, ends, value, declared);
  }

  /** Stands where something was reported. */
  static Made unknown(Flowing incoming, Span span) {
    var pass = new Step.Work.Pass(incoming.ref());
    return new Made(pass, new Type.Unknown(), null, "unknown", span, true, false, null, null);
  }
}
