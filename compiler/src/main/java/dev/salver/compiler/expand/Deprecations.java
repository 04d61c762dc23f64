package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Annotation;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns where a name is used that is declared with {@code @deprecated("use x")}. */
public final class Deprecations {
  private static final String USE = "use ";

  private Deprecations() {}

  private record Marked(Name name, String advice) {}

  /**
   * @param entries plain declarations, those of imports with their full names
   */
  public static void check(List<Entry> entries, Diagnostics diagnostics) {
    var deprecated = new EnumMap<Space, Map<String, Marked>>(Space.class);
    var declared = new EnumMap<Space, Set<String>>(Space.class);
    for (Entry entry : entries) {
      Space.of(entry)
          .ifPresent(
              space -> {
                Name name = Space.name(entry);
                declared.computeIfAbsent(space, key -> new HashSet<>()).add(name.text());
                String advice = advice(entry);
                if (!advice.isEmpty()) {
                  deprecated
                      .computeIfAbsent(space, key -> new HashMap<>())
                      .put(name.text(), new Marked(name, advice));
                }
              });
    }
    if (deprecated.isEmpty()) {
      return;
    }
    Uses.of(
        entries,
        (space, name, span) -> {
          Marked it = deprecated.getOrDefault(space, Map.of()).get(name);
          if (it == null) {
            return;
          }
          var diagnostic =
              Diagnostic.of(Code.SV4001, span, "`" + name + "` is deprecated: " + it.advice())
                  .relating(it.name().span(), "it is declared here");
          String instead = it.advice().startsWith(USE) ? it.advice().substring(USE.length()) : "";
          boolean isName = declared.getOrDefault(space, Set.of()).contains(instead);
          diagnostics.add(
              isName && span.text().equals(name)
                  ? diagnostic.fixedBy(Fix.replace(span, instead))
                  : diagnostic);
        });
  }

  private static String advice(Entry entry) {
    List<Annotation> annotations =
        switch (entry) {
          case Resource resource -> resource.annotations();
          case Entry.Graph graph -> graph.annotations();
          case Entry.TypeDecl type -> type.annotations();
          case Entry.Param param -> param.annotations();
          default -> List.of();
        };
    return annotations.stream()
        .filter(each -> each.name().text().equals("deprecated") && each.arguments().size() == 1)
        .map(each -> each.arguments().getFirst().value())
        .map(value -> value.plainText().orElse("").strip())
        .findFirst()
        .orElse("");
  }
}
