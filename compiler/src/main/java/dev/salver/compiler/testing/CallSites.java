package dev.salver.compiler.testing;

import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Every call of a word in an expression: {@code iris(…)}. */
final class CallSites {
  /** One of them. */
  record Site(Expr.Word word, Expr.Call call) {
    String name() {
      return word.text();
    }
  }

  private final List<Site> found = new ArrayList<>();

  private CallSites() {}

  static List<Site> in(List<Expr> exprs) {
    var sites = new CallSites();
    exprs.forEach(sites::walk);
    return sites.found;
  }

  private void walk(Expr expr) {
    switch (expr) {
      case Expr.Call call -> {
        if (call.target() instanceof Expr.Word word) {
          found.add(new Site(word, call));
        } else {
          walk(call.target());
        }
        call.arguments().forEach(argument -> walk(argument.value()));
      }
      case Expr.MapOf map -> walk(map.block());
      default -> expr.operands().forEach(this::walk);
    }
  }

  private void walk(Block block) {
    for (Entry entry : block.entries()) {
      if (entry instanceof Entry.Setting setting) {
        walk(setting.value());
      }
    }
  }
}
