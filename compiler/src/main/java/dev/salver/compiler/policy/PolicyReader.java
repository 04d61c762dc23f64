package dev.salver.compiler.policy;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads policies and says what is wrong with one, whatever it speaks of. */
final class PolicyReader {
  private final Declarations declarations;
  private final Diagnostics diagnostics;

  PolicyReader(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  List<Policy> policies() {
    var policies = new ArrayList<Policy>();
    declarations.policies().values().forEach(each -> policy(each).ifPresent(policies::add));
    return policies;
  }

  private Optional<Policy> policy(Resource declared) {
    Name on = declared.on();
    if (on == null) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV6002,
              declared.name().span(),
              "policy `" + declared.name() + "` speaks of nothing; " + kinds()));
      return Optional.empty();
    }
    Optional<Shape.Fields> self = Shapes.of(on.text());
    if (self.isEmpty()) {
      var diagnostic =
          Diagnostic.of(Code.SV6002, on.span(), "no policy speaks of `" + on + "`; " + kinds());
      diagnostics.add(
          Spelling.nearest(on.text(), Shapes.kinds())
              .map(near -> diagnostic.fixedBy(Fix.replace(on.span(), near)))
              .orElse(diagnostic));
      return Optional.empty();
    }
    Names names = names(Map.of("self", self.get()));
    Optional<Formula> where = where(declared, self.get());
    var rules = new ArrayList<Policy.Rule>();
    boolean found = false;
    for (Entry entry : declared.body()) {
      if (entry instanceof Entry.Assertion assertion && isRule(assertion)) {
        found = true;
        rule(declared, assertion, names).ifPresent(rules::add);
      } else {
        diagnostics.add(
            Diagnostic.of(Code.SV1007, entry.head(), "a policy holds `require` and `deny` only"));
        found = true;
      }
    }
    if (!found) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV6003,
                  declared.name().span(),
                  "policy `"
                      + declared.name()
                      + "` asks for nothing: it has no `require` or `deny`")
              .fixedBy(Fix.remove("remove the policy", declared.span()).suggested()));
    }
    boolean broken = declared.where() != null && where.isEmpty();
    return broken
        ? Optional.empty()
        : Optional.of(new Policy(declared, on.text(), names, where, rules));
  }

  private static String kinds() {
    return "one may say `on " + String.join("`, `on ", Shapes.kinds()) + "`";
  }

  private Optional<Formula> where(Resource declared, Shape.Fields self) {
    if (declared.where() == null) {
      return Optional.empty();
    }
    var words = new HashMap<String, Shape>(self.fields());
    words.put("self", self);
    return Formula.condition(declared.where(), names(words), diagnostics::add);
  }

  private static boolean isRule(Entry.Assertion assertion) {
    String word = assertion.word().text();
    return word.equals("require") || word.equals("deny");
  }

  private Optional<Policy.Rule> rule(Resource declared, Entry.Assertion assertion, Names names) {
    Optional<Formula> condition =
        Formula.of(assertion.expr(), names, Policy.Rule.extent(assertion), diagnostics::add);
    if (condition.isPresent() && !isBool(condition.get().shape())) {
      diagnostics.add(Judgement.none(assertion, condition.get().shape()));
      condition = Optional.empty();
    }
    condition
        .filter(each -> each.reads().isEmpty())
        .ifPresent(each -> constant(declared, assertion, each));
    Expr otherwise = assertion.otherwise();
    Optional<Formula> message =
        otherwise == null ? Optional.empty() : Formula.of(otherwise, names, diagnostics::add);
    if (otherwise != null && message.isPresent() && message.get().shape() != Scalar.TEXT) {
      diagnostics.add(Judgement.noText(otherwise, message.get().shape()));
      message = Optional.empty();
    }
    Optional<Formula> text = message;
    return condition.map(each -> new Policy.Rule(assertion, each, text));
  }

  private static boolean isBool(Shape shape) {
    return shape == Scalar.BOOL || shape instanceof Shape.Any;
  }

  private void constant(Resource declared, Entry.Assertion assertion, Formula condition) {
    boolean holds = condition.run(Map.of()).holds();
    boolean refuses = holds == assertion.word().text().equals("deny");
    boolean only = declared.body().size() == 1;
    Fix removal =
        only
            ? Fix.remove("remove the policy", declared.span())
            : Fix.remove("remove the rule", assertion.span());
    diagnostics.add(
        Diagnostic.of(
                Code.SV6005,
                assertion.expr().span(),
                "this is always `"
                    + holds
                    + "`, so that it "
                    + (refuses ? "refuses everything" : "refuses nothing"))
            .fixedBy(removal.suggested()));
  }

  /** {@code env} and the params beside a policy's own words, which hide them. */
  private Names names(Map<String, Shape> own) {
    Map<String, Shape> variables = params(declarations);
    variables.put("env", Scalar.TEXT);
    variables.putAll(own);
    return new Names(variables, Map.of());
  }

  static Map<String, Shape> params(Declarations declarations) {
    var variables = new HashMap<String, Shape>();
    for (Entry.Param param : declarations.params().values()) {
      variables.put(param.name().text(), shape(param.type()));
    }
    return variables;
  }

  private static Shape shape(TypeRef type) {
    return type instanceof TypeRef.Named named && named.dims().isEmpty()
        ? switch (named.name().text()) {
          case "string" -> Scalar.TEXT;
          case "bool" -> Scalar.BOOL;
          case "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64" -> Scalar.WHOLE;
          case "f16", "bf16", "f32", "f64" -> Scalar.NUMBER;
          default -> Shape.ANY;
        }
        : Shape.ANY;
  }
}
