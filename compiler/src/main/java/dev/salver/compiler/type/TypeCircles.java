package dev.salver.compiler.type;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry.TypeDecl;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The order in which types can be resolved, each behind those it names, and those that contain
 * themselves; one circle is one mistake, told at the first of its names.
 */
final class TypeCircles {
  private final SortedMap<String, TypeDecl> declared;
  private final Diagnostics diagnostics;
  private final Set<String> done = new LinkedHashSet<>();
  private final Set<String> circular = new HashSet<>();
  private final List<Name> way = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  private TypeCircles(SortedMap<String, TypeDecl> declared, Diagnostics diagnostics) {
    this.declared = declared;
    this.diagnostics = diagnostics;
  }

  /** Names of declared types, without those that are part of a circle. */
  static List<String> order(SortedMap<String, TypeDecl> declared, Diagnostics diagnostics) {
    var circles = new TypeCircles(declared, diagnostics);
    for (TypeDecl each : declared.values()) {
      circles.enter(each.name());
    }
    return circles.done.stream().filter(each -> !circles.circular.contains(each)).toList();
  }

  /** Declarations are at most ten thousand, so a chain of them is followed without recursion. */
  private void enter(Name start) {
    var stack = new ArrayList<Frame>();
    push(stack, start);
    while (!stack.isEmpty()) {
      Frame top = stack.getLast();
      if (done.contains(top.name.text()) || top.next >= top.uses.size()) {
        done.add(top.name.text());
        stack.removeLast();
        way.removeLast();
        places.remove(top.name.text(), stack.size());
        continue;
      }
      Name use = top.uses.get(top.next++);
      Integer at = places.get(use.text());
      if (at != null) {
        circle(at, use);
      } else if (!done.contains(use.text())) {
        push(stack, use);
      }
    }
  }

  private void push(List<Frame> stack, Name name) {
    places.put(name.text(), stack.size());
    stack.add(new Frame(name, uses(name)));
    way.add(name);
  }

  private static final class Frame {
    final Name name;
    final List<Name> uses;
    int next;

    Frame(Name name, List<Name> uses) {
      this.name = name;
      this.uses = uses;
    }
  }

  private void circle(int from, Name closing) {
    List<String> members = way.subList(from, way.size()).stream().map(Name::text).toList();
    boolean known = members.stream().anyMatch(circular::contains);
    circular.addAll(members);
    if (known) {
      return;
    }
    TypeDecl first = declared.get(members.getFirst());
    if (first == null) {
      return;
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2020, first.name().span(), "the type `" + first.name() + "` contains itself");
    for (int i = from + 1; i < way.size(); i++) {
      diagnostic = diagnostic.relating(way.get(i).span(), "through `" + way.get(i) + "`");
    }
    diagnostic = diagnostic.relating(closing.span(), "which is `" + closing + "` again");
    TypeDecl last = declared.get(way.getLast().text());
    boolean isPart = last != null && !(last.type() instanceof TypeRef.Named);
    boolean isSized = closing.span().file().text().startsWith("[", closing.span().end());
    diagnostics.add(
        isPart && !isSized
            ? diagnostic.fixedBy(Fix.replace(closing.span(), "json").suggested())
            : diagnostic);
  }

  private List<Name> uses(Name name) {
    var uses = new ArrayList<Name>();
    TypeDecl decl = declared.get(name.text());
    if (decl != null) {
      collect(decl.type(), each -> uses.add(each));
    }
    return uses;
  }

  private void collect(TypeRef type, Consumer<Name> found) {
    switch (type) {
      case TypeRef.Named named -> {
        if (declared.containsKey(named.name().text())) {
          found.accept(named.name());
        }
      }
      case TypeRef.RecordOf fields -> fields.fields().forEach(each -> collect(each.type(), found));
      case TypeRef.ListOf list -> collect(list.item(), found);
      case TypeRef.Function function -> {
        function.inputs().forEach(each -> collect(each.type(), found));
        collect(function.output(), found);
      }
      case TypeRef.Missing missing -> {}
    }
  }
}
