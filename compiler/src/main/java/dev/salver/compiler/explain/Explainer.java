package dev.salver.compiler.explain;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.explain.Explanation.Write;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the chain of layers behind a setting of an environment. */
public final class Explainer {
  /** {@code ner["de"]}, which is served as {@code ner-de}. */
  private static final Pattern MEMBER = Pattern.compile("^([a-z0-9-]+)\\[\"?([^\"\\]]+)\"?\\]");

  private final Declarations declarations;
  private final EnvironmentPlan plan;
  private final Environment environment;

  private Explainer(Declarations declarations, EnvironmentPlan plan) {
    this.declarations = declarations;
    this.plan = plan;
    this.environment = plan.environment();
  }

  /** What can be said about a path. */
  public sealed interface Answer {
    /** The settings at the path or below it, by path; never empty. */
    record Found(List<Explanation> explanations) implements Answer {
      public Found {
        explanations = List.copyOf(explanations);
      }
    }

    /** There is no declaration or setting of this name; the message says what there is. */
    record Missing(String message) implements Answer {}
  }

  /**
   * @param path a declaration's name and a path below it, {@code fraud.scale.replicas}, {@code
   *     fraud}; or a setting of the environment itself, {@code namespace}
   */
  public static Answer explain(Declarations declarations, EnvironmentPlan plan, String path) {
    return new Explainer(declarations, plan).answer(path);
  }

  private Answer answer(String typed) {
    String path = MEMBER.matcher(typed).replaceFirst("$1-$2");
    Map<String, Resource> named = named();
    String name = longest(named, path);
    if (name.isEmpty()) {
      return ofEnvironment(path, named);
    }
    Resource declared = named.get(name);
    if (declared == null) {
      throw new IllegalStateException(name);
    }
    SortedMap<Path, Effective> settings =
        new Overlay(declarations, new Diagnostics()).settings(environment, declared);
    String below = path.length() > name.length() ? path.substring(name.length() + 1) : "";
    List<Explanation> found = below(settings, name + ".", below);
    if (!found.isEmpty()) {
      return new Answer.Found(found);
    }
    var chosen = Chosen.of(plan, name).get(below);
    if (chosen != null) {
      return new Answer.Found(
          List.of(new Explanation(path, chosen.value(), List.of(), chosen.reason())));
    }
    return new Answer.Missing(unset(settings, name, below));
  }

  private Answer ofEnvironment(String path, Map<String, Resource> named) {
    List<Explanation> found = below(environment.settings(), "", path);
    if (!found.isEmpty()) {
      return new Answer.Found(found);
    }
    if (path.equals("namespace")) {
      return new Answer.Found(
          List.of(
              new Explanation(
                  path,
                  plan.namespace(),
                  List.of(),
                  Optional.of("the project's name, where no environment says another"))));
    }
    var known = new TreeSet<>(named.keySet());
    environment.settings().keySet().forEach(key -> known.add(key.toString()));
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    return new Answer.Missing(
        "`"
            + environment.name()
            + "` has neither a declaration nor a setting `"
            + first
            + "`"
            + Spelling.nearest(first, known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(""));
  }

  private String unset(SortedMap<Path, Effective> settings, String name, String below) {
    var known = new TreeSet<String>();
    settings.keySet().forEach(key -> known.add(key.toString()));
    return "`"
        + name
        + "` has no `"
        + below
        + "` in `"
        + environment.name()
        + "`: no layer sets it"
        + Spelling.nearest(below, known).map(near -> "; did you mean `" + near + "`?").orElse("");
  }

  private List<Explanation> below(SortedMap<Path, Effective> settings, String before, String path) {
    var found = new ArrayList<Explanation>();
    settings.forEach(
        (key, effective) -> {
          String text = key.toString();
          if (path.isEmpty() || text.equals(path) || text.startsWith(path + ".")) {
            found.add(explanation(before + text, effective));
          }
        });
    return found;
  }

  private static Explanation explanation(String path, Effective effective) {
    var writes = new ArrayList<Write>();
    effective.overridden().forEach(each -> writes.add(write(each)));
    writes.add(write(effective));
    return new Explanation(path, writes.getLast().value(), writes, Optional.empty());
  }

  private static Write write(Effective each) {
    return new Write(
        each.layer().title(),
        each.leaf().value().span().text().strip(),
        each.leaf().isFinal(),
        each.leaf().at());
  }

  private Map<String, Resource> named() {
    var named = new LinkedHashMap<String, Resource>();
    named.putAll(declarations.accelerators());
    named.putAll(declarations.runtimes());
    named.putAll(declarations.models());
    declarations
        .graphs()
        .forEach(
            (name, graph) -> {
              if (!graph.isTemplate()) {
                named.put(name, graph.asResource());
              }
            });
    return named;
  }

  /** The longest name that a path begins with: names may hold dots. */
  private static String longest(Map<String, Resource> named, String path) {
    String best = "";
    for (int end = path.length(); end > 0 && best.isEmpty(); end = path.lastIndexOf('.', end - 1)) {
      if (named.containsKey(path.substring(0, end))) {
        best = path.substring(0, end);
      }
    }
    return best;
  }
}
