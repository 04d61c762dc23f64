package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.expand.Templates.Argument;
import dev.salver.compiler.expand.Templates.Role;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Parameter;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Matches the arguments of an instance to the parameters of its template. */
final class TemplateArguments {
  private final Entry.Graph template;
  private final Expr use;
  private final Diagnostics diagnostics;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Argument> matched = new LinkedHashMap<>();
  private boolean broken;

  TemplateArguments(Entry.Graph template, Expr use, Diagnostics diagnostics) {
    this.template = template;
    this.use = use;
    this.diagnostics = diagnostics;
    template.parameters().forEach(each -> parameters.putIfAbsent(each.name().text(), each));
  }

  static Role role(Parameter parameter) {
    return switch (parameter.type()) {
      case null -> Role.TYPE;
      case TypeRef.Named named when isConstant(named) -> Role.VALUE;
      case TypeRef.ListOf(TypeRef.Named named, var _) when isConstant(named) -> Role.VALUES;
      case TypeRef.ListOf list -> Role.SERVICES;
      default -> Role.SERVICE;
    };
  }

  private static boolean isConstant(TypeRef.Named named) {
    String type = named.name().text();
    return Element.of(type).isPresent() || Dimension.of(type).isPresent();
  }

  /** In the order of the parameters; empty where something is wrong, which is reported. */
  Optional<Map<String, Argument>> match() {
    List<Expr.Argument> arguments =
        use instanceof Expr.Index index ? index.arguments() : List.<Expr.Argument>of();
    var positional = parameters.values().stream().filter(each -> !each.isType()).toList();
    int position = 0;
    boolean surplus = false;
    for (Expr.Argument argument : arguments) {
      if (argument.name() != null) {
        named(argument.name(), argument.value());
      } else if (position < positional.size()) {
        match(positional.get(position++), argument.value(), argument.value().span());
      } else if (!surplus) {
        surplus = true;
        String list =
            positional.stream().map(TemplateArguments::role).anyMatch(TemplateArguments::isList)
                ? "; a list stands in brackets of its own: `[[a, b]]`"
                : "";
        wrong(
            argument.value().span(),
            "`"
                + template.name()
                + "` takes "
                + count(positional.size())
                + ", this is one more"
                + list);
      }
    }
    var missing = new ArrayList<String>();
    for (Parameter parameter : parameters.values()) {
      String name = parameter.name().text();
      if (matched.containsKey(name)) {
        continue;
      }
      if (parameter.value() != null) {
        matched.put(
            name, new Argument(parameter, role(parameter), parameter.value(), use.span(), true));
      } else if (!parameter.isType()) {
        missing.add("`" + name + "`");
      }
    }
    if (!missing.isEmpty() && !broken) {
      wrong(use.span(), "`" + template.name() + "` needs " + String.join(" and ", missing));
    }
    if (broken) {
      return Optional.empty();
    }
    var ordered = new LinkedHashMap<String, Argument>();
    for (String name : parameters.keySet()) {
      Argument argument = matched.get(name);
      if (argument != null) {
        ordered.put(name, argument);
      }
    }
    return Optional.of(ordered);
  }

  private static boolean isList(Role role) {
    return role == Role.VALUES || role == Role.SERVICES;
  }

  private static String count(int parameters) {
    return parameters + (parameters == 1 ? " argument" : " arguments");
  }

  private void named(Name name, Expr value) {
    Parameter parameter = parameters.get(name.text());
    if (parameter != null) {
      match(parameter, value, name.span());
      return;
    }
    broken = true;
    var diagnostic =
        Diagnostic.of(
                Code.SV2008,
                name.span(),
                "`" + template.name() + "` has no parameter `" + name + "`")
            .relating(template.name().span(), "the template is declared here");
    diagnostics.add(
        Spelling.nearest(name.text(), parameters.keySet())
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }

  private void match(Parameter parameter, Expr value, Span at) {
    String name = parameter.name().text();
    Argument earlier = matched.get(name);
    if (earlier != null) {
      broken = true;
      diagnostics.add(
          Diagnostic.of(Code.SV2008, at, "`" + name + "` is given twice")
              .relating(earlier.at(), "it is given here already"));
      return;
    }
    Role role = role(parameter);
    if (value instanceof Expr.Missing) {
      broken = true;
      return;
    }
    if (fits(role, value)) {
      matched.put(name, new Argument(parameter, role, value, value.span(), false));
    } else {
      wrong(value.span(), "`" + name + "` takes " + expects(role));
      matched.put(name, new Argument(parameter, role, value, value.span(), false));
    }
  }

  /** As far as the form tells; whether a name is a model of the right type is the checker's. */
  private static boolean fits(Role role, Expr value) {
    return switch (role) {
      case VALUE -> !(value instanceof Expr.ListOf) && !(value instanceof Expr.MapOf);
      case VALUES -> value instanceof Expr.ListOf || value instanceof Expr.Word;
      case SERVICE ->
          value instanceof Expr.Word
              || value instanceof Expr.Member
              || value instanceof Expr.Index
              || value instanceof Expr.Call;
      case SERVICES -> value instanceof Expr.ListOf || value instanceof Expr.Word;
      case TYPE -> value instanceof Expr.Word || value instanceof Expr.Index;
    };
  }

  private static String expects(Role role) {
    return switch (role) {
      case VALUE -> "one value";
      case VALUES -> "a list of values";
      case SERVICE -> "the name of a model or graph";
      case SERVICES -> "a list of models and graphs";
      case TYPE -> "a type";
    };
  }

  private void wrong(Span at, String message) {
    broken = true;
    diagnostics.add(
        Diagnostic.of(Code.SV2008, at, message)
            .relating(template.name().span(), "the template is declared here"));
  }
}
