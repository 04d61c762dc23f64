package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.RuntimePlan.Level;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The runtimes of an environment, and which of them runs a model. */
final class Runtimes {
  private static final Path ON = Path.of("on");

  private final SortedMap<String, RuntimePlan> plans = new TreeMap<>();
  private final Map<String, List<Diagnostic>> faults = new HashMap<>();

  Runtimes(
      Declarations declarations,
      Overlay overlay,
      Environment environment,
      Diagnostics diagnostics) {
    for (Resource declared : declarations.runtimes().values()) {
      Span at = declared.name().span();
      var settings =
          new Settings(
              Kind.RUNTIME,
              overlay.settings(environment, declared),
              environment.scope(),
              at,
              diagnostics);
      boolean installed = settings.bool("installed").orElse(false);
      Level level = level(at.file(), installed);
      if (!installed && settings.leaf(Path.of("image")).isEmpty()) {
        diagnostics.add(
            Diagnostic.of(
                Code.SV2005,
                at,
                "runtime `" + declared.name() + "` has neither an `image` nor `installed = true`"));
      }
      if (!at.file().isLibrary()) {
        MetadataNames.check(settings, diagnostics);
        Reserved.check(settings, diagnostics);
        RawFields.check(settings, "ServingRuntime", diagnostics);
      }
      List<String> wires = settings.texts("wire");
      List<String> formats = settings.texts("formats");
      List<String> also = settings.texts("also");
      faults.put(declared.name().text(), settings.settledApart());
      plans.put(
          declared.name().text(),
          new RuntimePlan(
              declared.name().text(),
              level,
              formats,
              also,
              wires.isEmpty() ? List.of("v2") : wires,
              settings));
    }
    distinct(diagnostics);
  }

  private void distinct(Diagnostics diagnostics) {
    var byObject = new TreeMap<String, RuntimePlan>();
    for (RuntimePlan plan : plans.values()) {
      RuntimePlan earlier = byObject.putIfAbsent(plan.objectName(), plan);
      if (earlier != null && !earlier.isInstalled() && !plan.isInstalled()) {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV1001,
                    plan.settings().declared(),
                    "`" + plan.name() + "` has the ServingRuntime's name of another runtime")
                .relating(
                    earlier.settings().declared(), "`" + earlier.name() + "` is declared here"));
      }
    }
  }

  private static Level level(SourceFile file, boolean installed) {
    if (file.isLibrary()) {
      return installed ? Level.KSERVE : Level.SALVER;
    }
    return file.importedBy().isPresent() ? Level.IMPORTS : Level.PROJECT;
  }

  /** The runtime that {@code on} names, if it carries format and wire. */
  Optional<RuntimePlan> named(
      String name, Settings model, Optional<String> format, String wire, Diagnostics diagnostics) {
    RuntimePlan plan = plans.get(name);
    if (plan == null) {
      return Optional.empty();
    }
    if (format.isPresent() && !plan.serves(format.get())) {
      diagnostics.add(
          refuse(plan, model, "format `" + format.get() + "`", others(model, format.get(), wire)));
      return Optional.empty();
    }
    if (!plan.wires().contains(wire)) {
      diagnostics.add(refuse(plan, model, "wire `" + wire + "`", wires(model, plan)));
      return Optional.empty();
    }
    return Optional.of(plan);
  }

  private static Diagnostic refuse(RuntimePlan plan, Settings model, String what, List<Fix> fixes) {
    Span declared = plan.settings().declared();
    var diagnostic =
        Diagnostic.of(
                Code.SV5007, model.at(ON), "runtime `" + plan.name() + "` does not carry " + what)
            .offering(fixes);
    return declared.file().isLibrary()
        ? diagnostic
        : diagnostic.relating(declared, "`" + plan.name() + "` is declared here");
  }

  /** The one runtime of the first level that carries format and wire. */
  Optional<RuntimePlan> choose(
      Settings model, String format, String wire, Diagnostics diagnostics) {
    List<RuntimePlan> found = choice(format, wire);
    if (found.size() > 1) {
      diagnostics.add(ambiguous(model, format, wire, found.getFirst().level(), found));
      return Optional.empty();
    }
    if (found.size() == 1) {
      return Optional.of(found.getFirst());
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV5004,
            model.declared(),
            "no runtime carries format `" + format + "` with wire `" + wire + "`" + others(format));
    var carrying = plans.values().stream().filter(plan -> plan.formats().contains(format));
    diagnostics.add(
        diagnostic.offering(
            carrying
                .flatMap(plan -> plan.wires().stream())
                .distinct()
                .filter(each -> choice(format, each).size() == 1)
                .flatMap(each -> model.said("wire", each).stream())
                .map(Fix::suggested)
                .toList()));
    return Optional.empty();
  }

  /** The runtimes of the first level that has any for it. */
  private List<RuntimePlan> choice(String format, String wire) {
    for (Level level : Level.values()) {
      List<RuntimePlan> found =
          plans.values().stream()
              .filter(plan -> plan.level() == level && plan.isChosenFor(format, wire))
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** What would be chosen if the model named none. */
  private List<Fix> others(Settings model, String format, String wire) {
    Span on = model.at(ON);
    return on.equals(model.declared())
        ? List.of()
        : choice(format, wire).stream()
            .map(plan -> Fix.replace(on, plan.name()).suggested())
            .toList();
  }

  private static List<Fix> wires(Settings model, RuntimePlan plan) {
    return plan.wires().stream()
        .flatMap(each -> model.said("wire", each).stream())
        .map(Fix::suggested)
        .toList();
  }

  private String others(String format) {
    List<String> named =
        plans.values().stream()
            .filter(plan -> plan.serves(format))
            .map(
                plan ->
                    "`" + plan.name() + "` has wire `" + String.join("`, `", plan.wires()) + "`")
            .limit(3)
            .toList();
    return named.isEmpty() ? "" : "; " + String.join(", ", named);
  }

  private static Diagnostic ambiguous(
      Settings model, String format, String wire, Level level, List<RuntimePlan> found) {
    var names = found.stream().map(plan -> "`" + plan.name() + "`").toList();
    var diagnostic =
        Diagnostic.of(
            Code.SV5005,
            model.declared(),
            String.join(" and ", names)
                + " of "
                + level.owner()
                + " carry format `"
                + format
                + "` with wire `"
                + wire
                + "`, choose one with `on`");
    for (RuntimePlan plan : found) {
      if (level == Level.PROJECT || level == Level.IMPORTS) {
        diagnostic =
            diagnostic.relating(
                plan.settings().declared(), "`" + plan.name() + "` is declared here");
      }
      Optional<Fix> on = model.on(plan.name());
      diagnostic = on.isPresent() ? diagnostic.fixedBy(on.get().suggested()) : diagnostic;
    }
    return diagnostic;
  }

  /** What is wrong with settings that only matter where a model runs on it. */
  List<Diagnostic> faults(RuntimePlan runtime) {
    return faults.getOrDefault(runtime.name(), List.of());
  }

  /** Whether there is one of this name, and what it says of its formats is right. */
  boolean knowsFormats(String runtime) {
    RuntimePlan plan = plans.get(runtime);
    return plan != null
        && Stream.of("formats", "also")
            .map(Path::of)
            .allMatch(
                path ->
                    plan.settings().leaf(path).isEmpty()
                        || plan.settings().value(path).isPresent());
  }

  /** The one format of a runtime, when the model does not say. */
  Optional<String> onlyFormat(String runtime) {
    List<String> formats = formats(runtime);
    return formats.size() == 1 ? Optional.of(formats.getFirst()) : Optional.empty();
  }

  /**
   * All formats of a runtime, in the order of the alphabet; none where there is no such runtime.
   */
  List<String> formats(String runtime) {
    RuntimePlan plan = plans.get(runtime);
    if (plan == null) {
      return List.of();
    }
    var formats = new TreeSet<>(plan.formats());
    formats.addAll(plan.also());
    return List.copyOf(formats);
  }
}
