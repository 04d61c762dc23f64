package dev.salver.compiler.graph;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.memo.Found;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Agreement;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Spelt;
import dev.salver.compiler.type.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Models and graphs as an environment has them. What a model takes is what its declaration says,
 * else what its artifact says, else not known. Of the two that both say it, the artifact is right.
 */
final class Services {
  private static final Path DEPLOY = Path.of("deploy");
  private static final Path FROM = Path.of("from");

  private final Map<String, Service> byName = new HashMap<>();
  private final String environment;
  private final Predicate<String> unresolved;

  private Services(String environment, Predicate<String> unresolved) {
    this.environment = environment;
    this.unresolved = unresolved;
  }

  /** Whether a failed import would have brought it, which was reported. */
  boolean isUnresolved(String name) {
    return unresolved.test(name);
  }

  static Services of(
      Declarations declarations,
      EnvironmentPlan plan,
      Types types,
      Signatures known,
      Diagnostics diagnostics) {
    var services = new Services(plan.environment().name(), declarations::isUnresolved);
    var models = known.models(plan.environment().name());
    models.round();
    for (Resource model : declarations.models().values()) {
      String name = model.name().text();
      Settings settings = Objects.requireNonNull(plan.settings().get(name));
      services.byName.put(
          name,
          models
              .of(settings, each -> Found.of(own -> model(model, each, types, known.lock(), own)))
              .telling(diagnostics));
    }
    for (Entry.Graph graph : declarations.graphs().values()) {
      if (!graph.isTemplate()) {
        String name = graph.name().text();
        Optional<Signature> signature =
            graph.signature() == null ? Optional.empty() : types.signature(graph.signature());
        services.byName.put(
            name,
            new Service(name, graph.name().span(), name, signature, plan.settings().get(name)));
      }
    }
    return services;
  }

  private static Service model(
      Resource model, Settings settings, Types types, Lock lock, Diagnostics diagnostics) {
    String name = model.name().text();
    Optional<Signature> declared =
        model.type() == null
            ? Optional.empty()
            : types.reporting(diagnostics).signature(model.type(), untyped(model, model.type()));
    Optional<Signature> artifact =
        settings
            .text("from")
            .flatMap(from -> Optional.ofNullable(lock.artifacts().get(from)))
            .flatMap(Lock.Artifact::signature);
    if (declared.isPresent() && artifact.isPresent()) {
      Agreement.problem(declared.get(), artifact.get())
          .ifPresent(
              reason ->
                  diagnostics.add(
                      disagreement(model, declared.get(), artifact.get(), reason, settings)));
    }
    return new Service(
        name,
        model.name().span(),
        shown(name, model.type()),
        declared.or(() -> artifact),
        settings);
  }

  /** A model with an artifact takes what that takes, where its declaration says nothing. */
  private static List<Fix> untyped(Resource model, TypeRef type) {
    return model.from() == null
        ? List.of()
        : List.of(Fix.removeClause(":", type.span()).suggested());
  }

  private static String shown(String name, @Nullable TypeRef type) {
    return type instanceof TypeRef.Named named ? name + ": " + named.name() : name;
  }

  private static Diagnostic disagreement(
      Resource model, Signature declared, Signature artifact, String reason, Settings settings) {
    Span at = model.type() == null ? model.name().span() : model.type().span();
    var diagnostic =
        Diagnostic.of(
                Code.SV2024,
                at,
                "`"
                    + model.name()
                    + "` is declared as `"
                    + brief(declared)
                    + "`, but its artifact is `"
                    + brief(artifact)
                    + "`")
            .labelled(reason)
            .relating(settings.at(FROM), "the artifact is read from here");
    return Spelt.of(artifact)
        .filter(written -> model.type() != null)
        .map(written -> diagnostic.fixedBy(Fix.replace(at, written).suggested()))
        .orElse(diagnostic);
  }

  private static String brief(Signature signature) {
    String text = signature.toString();
    return text.length() > 120 ? text.substring(0, 119) + "…" : text;
  }

  Optional<Service> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** A service that the environment leaves out can't be called there. */
  Optional<Diagnostic> absent(Service service, Span at) {
    Settings settings = service.settings();
    if (settings == null || settings.bool("deploy").orElse(true)) {
      return Optional.empty();
    }
    var diagnostic =
        Diagnostic.of(
                Code.SV2123,
                at,
                "`" + service.name() + "` is not deployed in `" + environment + "`")
            .relating(settings.at(DEPLOY), "it is left out here");
    return Optional.of(
        settings
            .written(DEPLOY)
            .map(leaf -> new Fix("deploy it there too", leaf.removalWithSections().edits()))
            .map(fix -> diagnostic.fixedBy(fix.suggested()))
            .orElse(diagnostic));
  }
}
