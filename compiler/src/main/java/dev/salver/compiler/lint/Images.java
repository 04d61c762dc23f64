package dev.salver.compiler.lint;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.util.List;
import java.util.function.BiConsumer;

/** Images that are written out, in a declaration's body and the sections of its components. */
final class Images {
  private Images() {}

  static void in(List<Entry> body, BiConsumer<Expr, String> each) {
    for (Entry entry : body) {
      if (entry instanceof Entry.Setting setting
          && setting.path().getLast().text().equals("image")) {
        setting.value().plainText().ifPresent(text -> each.accept(setting.value(), text));
      } else if (entry instanceof Entry.Section section
          && !section.path().getFirst().text().equals("raw")) {
        in(section.block().entries(), each);
      }
    }
  }
}
