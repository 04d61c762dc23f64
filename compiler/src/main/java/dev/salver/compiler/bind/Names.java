package dev.salver.compiler.bind;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a name may look like, and what a declaration's header may carry. */
final class Names {
  private static final int MAX = 63;
  private static final List<String> CLAUSES = List.of("on", "from", "extends", "where");

  private Names() {}

  /** A DNS label: what Kubernetes takes as an object's name. Full names of imports have dots. */
  static void check(Name name, Diagnostics diagnostics) {
    if (isLabel(name.text()) || name.span().file().importedBy().isPresent()) {
      return;
    }
    String parted = name.text().replaceAll("([a-z0-9])([A-Z])", "$1-$2");
    String better = parted.toLowerCase(Locale.ROOT).replace('_', '-');
    var diagnostic =
        Diagnostic.of(
            Code.SV1006,
            name.span(),
            "`"
                + name
                + "` is not a valid name: lower-case letters, digits and `-`, a letter first, at"
                + " most 63");
    diagnostics.add(
        isLabel(better) && name.span().text().contains(name.text())
            ? diagnostic.fixedBy(Fix.replace(name.span(), better))
            : diagnostic);
  }

  static void checkType(Name name, Diagnostics diagnostics) {
    boolean imported = name.span().file().importedBy().isPresent();
    if (!imported && !Character.isUpperCase(name.text().charAt(0))) {
      String better =
          name.text().substring(0, 1).toUpperCase(Locale.ROOT) + name.text().substring(1);
      var diagnostic =
          Diagnostic.of(
              Code.SV1006, name.span(), "`" + name + "` is not a valid type name: `UpperCamel`");
      diagnostics.add(
          better.indexOf('-') < 0
              ? diagnostic.fixedBy(Fix.replace(name.span(), better))
              : diagnostic);
    }
  }

  private static boolean isLabel(String text) {
    if (text.isEmpty() || text.length() > MAX || text.endsWith("-")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean inner = (c >= '0' && c <= '9') || c == '-';
      if (!letter && !(i > 0 && inner)) {
        return false;
      }
    }
    return true;
  }

  static void checkHeader(Resource resource, boolean selector, Diagnostics diagnostics) {
    Kind kind = resource.kind();
    boolean model = kind == Kind.MODEL;
    if (resource.type() != null && !model) {
      not(kind, "type", resource.type().span(), diagnostics);
    }
    if (resource.on() != null && !model && kind != Kind.POLICY && kind != Kind.TEST) {
      not(kind, "`on`", resource.on().span(), diagnostics);
    }
    if (resource.from() != null && !model && kind != Kind.SECRET) {
      not(kind, "`from`", resource.from().span(), diagnostics);
    }
    if (resource.parent() != null && kind != Kind.ENV) {
      not(kind, "`extends`", resource.parent().span(), diagnostics);
    }
    if (resource.where() != null && !selector && kind != Kind.POLICY) {
      not(kind, "`where` (it belongs to `model *`)", resource.where().span(), diagnostics);
    }
    if (resource.index() != null) {
      not(kind, "index", resource.index().span(), diagnostics);
    }
    if (resource.block() != null && kind == Kind.SECRET) {
      not(kind, "settings", resource.block().span(), diagnostics);
    }
  }

  private static void not(Kind kind, String what, Span span, Diagnostics diagnostics) {
    var diagnostic = Diagnostic.of(Code.SV1007, span, "`" + kind.word() + "` has no " + what);
    Optional<String> clause =
        CLAUSES.stream().filter(each -> what.startsWith("`" + each + "`")).findFirst();
    diagnostics.add(
        clause.map(word -> diagnostic.fixedBy(Fix.removeClause(word, span))).orElse(diagnostic));
  }
}
