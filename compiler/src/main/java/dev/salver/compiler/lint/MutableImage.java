package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.function.Consumer;

/** An image by a tag that moves. */
final class MutableImage implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var declared = new ArrayList<Resource>();
    declared.addAll(program.declarations().models().values());
    declared.addAll(program.declarations().runtimes().values());
    for (Resource each : declared) {
      if (program.isOwn(each.name())) {
        Images.in(each.body(), (image, text) -> image(image, text, findings));
      }
    }
  }

  private static void image(Expr image, String text, Consumer<Diagnostic> findings) {
    String name = text.substring(text.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    if (text.contains("@sha256:") || (colon >= 0 && !name.endsWith(":latest"))) {
      return;
    }
    findings.accept(
        Diagnostic.of(
            Code.SV4015,
            image.span(),
            colon < 0
                ? "the image has no tag, which means `:latest`"
                : "the tag `:latest` means another image tomorrow"));
  }
}
