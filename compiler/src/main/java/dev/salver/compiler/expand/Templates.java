package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Parameter;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.TypeRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The templates of a program, and what an instance of one stands for.
 *
 * <p>An instance is {@code cascade[small = llama-8b, floor = 0.6]}, as a graph's body or as a stage
 * of a flow. {@link #instance} matches its arguments to the parameters and gives the steps with
 * values and lists put in and loops over lists unrolled. Names of models and of types are not put
 * in: they stay what the template calls them, so that its steps keep their names, and {@link
 * Instance#arguments()} says what they mean. An argument is an expression of the place where the
 * instance is written, and has to be looked up there; a default is one of the template's own place.
 */
public final class Templates {
  private final SortedMap<String, Entry.Graph> graphs;
  private final Diagnostics diagnostics;
  private final Constants constants;
  private final Budget budget;
  private final Map<String, Boolean> circular = new HashMap<>();

  private Templates(
      SortedMap<String, Entry.Graph> graphs,
      Constants constants,
      Budget budget,
      Diagnostics diagnostics) {
    this.graphs = graphs;
    this.constants = constants;
    this.budget = budget;
    this.diagnostics = diagnostics;
  }

  /**
   * @param graphs by name, templates among them; names of imports are written out, {@code
   *     platform.cascade}
   * @param entries all that is declared, for the params that a loop repeats over
   */
  public static Templates of(
      SortedMap<String, Entry.Graph> graphs, List<Entry> entries, Diagnostics diagnostics) {
    var params = new HashMap<String, Entry.Param>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Param param) {
        params.put(param.name().text(), param);
      }
    }
    return new Templates(
        graphs,
        new Constants(params, Changed.params(entries), diagnostics),
        new Budget(diagnostics),
        diagnostics);
  }

  /**
   * Reports, once for each: a parameter declared twice or with the name of an input or step,
   * templates that use each other in a circle, and instances whose arguments do not match, in
   * whatever graph they are written. A template in a circle has no instances.
   */
  public void check() {
    TemplateRules.check(graphs, diagnostics);
  }

  /** The template that an expression is an instance of: {@code name[…]}, or its bare name. */
  public Optional<Entry.Graph> template(Expr expr) {
    return switch (expr) {
      case Expr.Index(Expr.Word word, var _, var _) -> template(word.text());
      case Expr.Word word -> template(word.text());
      case Expr.Call(Expr target, var _, var _) -> template(target);
      default -> Optional.empty();
    };
  }

  private Optional<Entry.Graph> template(String name) {
    return Optional.ofNullable(graphs.get(name)).filter(Entry.Graph::isTemplate);
  }

  /**
   * What an instance stands for; empty where its arguments do not match, which is reported.
   *
   * @param expr for which {@link #template} has an answer: {@code name[…]}, or {@code name[…](…)},
   *     whose inputs are the caller's business
   */
  public Optional<Instance> instance(Expr expr) {
    Entry.Graph template = template(expr).orElseThrow();
    if (circular.computeIfAbsent(
        template.name().text(), name -> TemplateRules.isCircular(name, graphs))) {
      return Optional.empty();
    }
    var matched = new TemplateArguments(template, use(expr), diagnostics).match();
    if (matched.isEmpty()) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, Expr>();
    matched
        .get()
        .forEach(
            (name, argument) -> {
              if (argument.role().isPutIn()) {
                values.put(name, argument.value());
              }
            });
    Entry.Graph filled =
        (Entry.Graph) new Substitution(values, diagnostics::add).entry(bare(template));
    Entry.Graph unrolled =
        (Entry.Graph) new Loops(constants, Map.of(), budget, diagnostics).entry(filled);
    return Optional.of(
        new Instance(
            template, Optional.ofNullable(unrolled.signature()), unrolled.steps(), matched.get()));
  }

  private static Expr use(Expr expr) {
    return expr instanceof Expr.Call call ? use(call.target()) : expr;
  }

  /** Without parameters, whose defaults are no part of an instance. */
  private static Entry.Graph bare(Entry.Graph graph) {
    return new Entry.Graph(
        graph.name(),
        List.of(),
        graph.signature(),
        graph.settings(),
        graph.steps(),
        graph.annotations(),
        graph.span());
  }

  /** What kind of thing an argument has to be. */
  public enum Role {
    /** A constant of an element type or a dimension, {@code floor: f32}, {@code share: percent}. */
    VALUE,
    /** A list of constants, {@code weights: [f32]}. */
    VALUES,
    /** The name of a model or graph, {@code small: Chat}. */
    SERVICE,
    /** A list of them, {@code models: [S]}. */
    SERVICES,
    /** A type, {@code S}. */
    TYPE;

    boolean isPutIn() {
      return this == VALUE || this == VALUES || this == SERVICES;
    }

    /** What a parameter takes. */
    public static Role of(Parameter parameter) {
      return TemplateArguments.role(parameter);
    }
  }

  /**
   * What a parameter stands for in one instance.
   *
   * @param value as it is written where the instance is, or the parameter's default
   * @param at the argument, or the instance where the default holds
   */
  public record Argument(Parameter parameter, Role role, Expr value, Span at, boolean isDefault) {}

  /**
   * One use of a template.
   *
   * @param signature as it is declared, with values put into its dims; its types may still name
   *     parameters
   * @param arguments by the parameter's name, in the order of the parameters; a type that is to be
   *     inferred has none
   */
  public record Instance(
      Entry.Graph template,
      Optional<TypeRef> signature,
      List<Entry.Step> steps,
      Map<String, Argument> arguments) {
    public Instance {
      steps = List.copyOf(steps);
    }
  }
}
