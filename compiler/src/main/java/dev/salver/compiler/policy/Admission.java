package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Dialect;
import dev.salver.compiler.cel.Extent;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a Kubernetes API server can enforce of a policy: those of its rules whose fields survive
 * into an InferenceService.
 *
 * @param variables CEL by name, each may use those before it
 * @param left the paths that kept a rule from being here, such as {@code cost.monthly}
 */
public record Admission(
    String policy,
    Span declared,
    SequencedMap<String, String> variables,
    List<Validation> validations,
    SequencedSet<String> left) {
  public Admission {
    validations = List.copyOf(validations);
  }

  /**
   * @param expression CEL that must hold
   * @param message what is said where it does not
   * @param messageExpression CEL that makes the message, where it is put together
   */
  public record Validation(
      String expression, String message, Optional<String> messageExpression, Span at) {}

  /** Empty where nothing of it survives. */
  static Optional<Admission> of(
      Policy policy, EnvironmentPlan plan, Map<String, Object> params, List<String> limits) {
    if (!policy.kind().equals("model")) {
      return Optional.empty();
    }
    var left = new LinkedHashSet<String>();
    var dialect = new AdmissionDialect(plan, params, limits, left::add);
    var visible = new HashMap<>(params); // a word of the model hides a param
    Shapes.of(policy.kind()).ifPresent(self -> visible.keySet().removeAll(self.fields().keySet()));
    var headers = new AdmissionDialect(plan, visible, limits, left::add);
    Optional<String> where =
        policy
            .where()
            .flatMap(each -> Formula.written(each.expr(), each.names(), Extent.ALL, headers));
    if (policy.where().isPresent() && where.isEmpty()) {
      return Optional.empty();
    }
    var validations = new ArrayList<Validation>();
    for (Policy.Rule rule : policy.rules()) {
      Formula.written(rule.condition().expr(), policy.names(), rule.extent(), dialect)
          .ifPresent(
              text -> {
                String rest = rule.isDeny() ? "!" + text : text;
                String all = where.map(each -> "!" + each + " || " + rest).orElse(rest);
                validations.add(validation(policy, rule, all, dialect));
              });
    }
    if (validations.isEmpty()) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    validations.forEach(
        each -> {
          texts.add(each.expression());
          each.messageExpression().ifPresent(texts::add);
        });
    return Optional.of(
        new Admission(
            policy.name(),
            policy.declared().name().span(),
            dialect.variables(texts),
            validations,
            left));
  }

  private static Validation validation(
      Policy policy, Policy.Rule rule, String text, AdmissionDialect dialect) {
    Expr otherwise = rule.assertion().otherwise();
    String plain =
        Optional.ofNullable(otherwise)
            .flatMap(Expr::plainText)
            .filter(said -> !said.isEmpty())
            .orElse("policy " + policy.name());
    boolean made = otherwise instanceof Expr.Text said && said.parts().size() > 1;
    Optional<String> message =
        made && rule.message().isPresent()
            ? Formula.writtenText(rule.message().get().expr(), policy.names(), dialect)
                .map(read -> guarded(read, plain))
            : Optional.empty();
    String line = plain.replaceAll("\\s+", " ").strip();
    return new Validation(text, line, message, rule.assertion().word().span());
  }

  private static String guarded(Dialect.Read read, String otherwise) {
    String fallback = "\"" + otherwise.replace("\"", "'") + "\"";
    return read.guard().isEmpty()
        ? read.value()
        : "(" + read.guard() + ") ? " + read.value() + " : " + fallback;
  }
}
