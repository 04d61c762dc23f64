package dev.salver.compiler.type;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.TypeRef;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Types that each use of a template infers: those between its brackets, and a single capital letter
 * that no type is called, as in {@code [models: [S]]: S}.
 */
public final class TypeParameters {
  private TypeParameters() {}

  /**
   * @param declared names of the program's types
   */
  public static Set<String> of(Entry.Graph graph, Collection<String> declared) {
    var names = new TreeSet<String>();
    for (Entry.Parameter each : graph.parameters()) {
      if (each.type() == null) {
        names.add(each.name().text());
      } else {
        letters(each.type(), declared, names);
      }
    }
    return names;
  }

  private static void letters(TypeRef type, Collection<String> declared, Set<String> names) {
    switch (type) {
      case TypeRef.Named named -> {
        String text = named.name().text();
        if (text.length() == 1
            && Character.isUpperCase(text.charAt(0))
            && !declared.contains(text)) {
          names.add(text);
        }
      }
      case TypeRef.RecordOf record ->
          record.fields().forEach(each -> letters(each.type(), declared, names));
      case TypeRef.ListOf list -> letters(list.item(), declared, names);
      case TypeRef.Function function -> {
        function.inputs().forEach(each -> letters(each.type(), declared, names));
        letters(function.output(), declared, names);
      }
      case TypeRef.Missing missing -> {}
    }
  }
}
