package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Path;
import java.util.List;
import java.util.Map;

/** Fields that the declaration decides, which {@code raw} and {@code annotations} leave alone. */
final class Reserved {
  /** Annotations of KServe v0.20 that settings write, by name. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "serving.kserve.io/deploymentMode", "mode",
          "serving.kserve.io/autoscalerClass", "scale.scaler",
          "modelFormat", "format");

  private static final List<Path> IDENTITY =
      List.of(
          Path.of("apiVersion"),
          Path.of("kind"),
          Path.of("metadata", "name"),
          Path.of("metadata", "namespace"),
          Path.of("status"));

  private Reserved() {}

  static void check(Settings settings, Diagnostics diagnostics) {
    for (Path path : settings.below("annotations").keySet()) {
      annotation(path.first(), Path.of("annotations").then(path), settings, diagnostics);
    }
    for (Path path : settings.below("raw").keySet()) {
      if (IDENTITY.stream().anyMatch(path::isWithin)) {
        Path at = Path.of("raw").then(path);
        diagnostics.add(
            settings.removable(
                Diagnostic.of(
                    Code.SV5010,
                    settings.at(at),
                    "`raw` cannot write `" + path + "`: the declaration decides it"),
                at));
      } else if (path.isWithin(Path.of("metadata", "annotations")) && path.size() == 3) {
        annotation(path.keys().getLast(), Path.of("raw").then(path), settings, diagnostics);
      }
    }
  }

  private static void annotation(String name, Path at, Settings settings, Diagnostics diagnostics) {
    String setting = ANNOTATIONS.get(name);
    if (setting != null) {
      diagnostics.add(
          settings.removable(
              Diagnostic.of(
                  Code.SV5010,
                  settings.at(at),
                  "the annotation `" + name + "` is written by the setting `" + setting + "`"),
              at));
    }
  }
}
