package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Kind;
import java.util.Set;

/** Settings of one model that would do nothing beside, or without, another of its settings. */
final class Effects {
  private static final Set<String> OF_A_CALL =
      Set.of("from", "wire", "timeout", "labels", "deploy", "slo");

  private Effects() {}

  /**
   * @param own whether the model is a server of one's own, an {@code image} without {@code on}
   */
  static void check(Settings model, boolean own, Diagnostics diagnostics) {
    if (isSet(model, "log", "mode") && !isSet(model, "log", "to")) {
      none(model, "`log.mode` has no effect without `log.to`", diagnostics, "log", "mode");
    }
    if (!own && isSet(model, "port")) {
      none(
          model,
          "`port` has no effect here: the runtime's port holds unless `image` stands without `on`",
          diagnostics,
          "port");
    }
    for (String key : new String[] {"format", "format-version"}) {
      if (own && isSet(model, key)) {
        none(
            model,
            "`" + key + "` has no effect: the server of `image` is no runtime, and takes none",
            diagnostics,
            key);
      }
    }
  }

  /** A model that runs outside of the cluster's models is called, and that is all. */
  static void elsewhere(Settings model, Diagnostics diagnostics) {
    for (Leaf leaf : model.own()) {
      boolean known = Schema.of(Kind.MODEL).orElseThrow().type(leaf.path()).isPresent();
      if (known && !OF_A_CALL.contains(leaf.path().first())) {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV5008,
                    leaf.at(),
                    "`" + leaf.path() + "` has no effect: the model runs elsewhere")
                .relating(model.at(Path.of("from")), "it is only called, at this address")
                .fixedBy(leaf.removal()));
      }
    }
  }

  /** Whether this model says so itself: what is said of many may fit others. */
  private static boolean isSet(Settings model, String... path) {
    return model.leaf(Path.of(path)).filter(leaf -> leaf.layer().named()).isPresent();
  }

  private static void none(
      Settings model, String message, Diagnostics diagnostics, String... path) {
    Path at = Path.of(path);
    diagnostics.add(model.removable(Diagnostic.of(Code.SV5008, model.at(at), message), at));
  }
}
