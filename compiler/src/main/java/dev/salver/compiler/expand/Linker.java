package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.ParsedFiles;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings in what a program imports. {@code import name from "…"} makes all that may be imported
 * known as {@code name.x}, and puts the project's runtimes, {@code model *} defaults and policies
 * in force; {@code import { x } from "…"} makes {@code x} known, and nothing else.
 */
public final class Linker {
  /** Projects that a program may import, directly and through others. */
  private static final int MAX_PROJECTS = 64;

  private final Imports imports;
  private final ParsedFiles parsed;
  private final Diagnostics diagnostics;
  private final Map<String, Project> projects = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final Deque<Entered> entered = new ArrayDeque<>();

  private Linker(Imports imports, ParsedFiles parsed, Diagnostics diagnostics) {
    this.imports = imports;
    this.parsed = parsed;
    this.diagnostics = diagnostics;
  }

  /** An import whose project is being read. */
  private record Entered(String at, Span by) {}

  /** An import and what became of it. */
  private record Resolved(Entry.Import it, Imports.Answer.Found found) {}

  /** What a project sees of others. */
  private record Seen(
      Map<String, Project> aliases, List<Entry> named, List<Entry> full, Set<String> unresolved) {}

  /**
   * @param parsed where the trees of imported files come from
   */
  public static Linked link(
      List<Entry> entries, Imports imports, ParsedFiles parsed, Diagnostics diagnostics) {
    if (entries.stream().noneMatch(Entry.Import.class::isInstance)) {
      return new Linked(entries, Set.of());
    }
    var linker = new Linker(imports, parsed, diagnostics);
    Seen seen = linker.seen(entries, Imports.SELF, "");
    var all = new ArrayList<>(linker.own(entries, seen));
    all.addAll(seen.named());
    linker.projects.values().forEach(project -> all.addAll(project.declarations()));
    return new Linked(all, seen.unresolved());
  }

  private List<Entry> own(List<Entry> entries, Seen seen) {
    var own = entries.stream().filter(entry -> !(entry instanceof Entry.Import)).toList();
    return seen.aliases().isEmpty() && seen.unresolved().isEmpty()
        ? own
        : new Aliases(seen.aliases(), seen.unresolved(), diagnostics).entries(own);
  }

  private Seen seen(List<Entry> entries, String from, String prefix) {
    var seen = new Seen(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new HashSet<>());
    var resolved = new ArrayList<Resolved>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Import it) {
        resolve(it, from, seen, resolved);
      }
    }
    // Whichever import names a project first, it gets the same name in all orders of files.
    resolved.sort(
        Comparator.comparing((Resolved each) -> !each.it().isWhole())
            .thenComparing(each -> each.it().names().toString())
            .thenComparing(each -> each.it().source().text()));
    for (Resolved each : resolved) {
      String name =
          each.it().isWhole() && !each.it().names().isEmpty()
              ? each.it().names().getFirst().text()
              : each.it().source().text();
      prefixes.putIfAbsent(each.found().at(), prefix + name + ".");
    }
    for (Resolved each : resolved) {
      bring(each, from, seen);
    }
    return seen;
  }

  private void resolve(Entry.Import it, String from, Seen seen, List<Resolved> resolved) {
    switch (imports.resolve(it.source().text(), from)) {
      case Imports.Answer.Found found -> resolved.add(new Resolved(it, found));
      case Imports.Answer failure -> {
        it.names().forEach(name -> seen.unresolved().add(name.text()));
        diagnostics.add(ImportFailures.of(it, failure));
      }
    }
  }

  private void bring(Resolved resolved, String from, Seen seen) {
    Entry.Import it = resolved.it();
    Project project = project(resolved);
    if (project == null) {
      it.names().forEach(name -> seen.unresolved().add(name.text()));
      return;
    }
    seen.full().addAll(project.declarations());
    if (it.isWhole()) {
      if (from.equals(Imports.SELF)) {
        project.inForce();
      }
      it.names().forEach(name -> alias(name, project, seen));
    } else {
      it.names().forEach(name -> named(name, it, project, seen));
    }
  }

  private void alias(Name name, Project project, Seen seen) {
    Project earlier = seen.aliases().putIfAbsent(name.text(), project);
    if (earlier != null) {
      diagnostics.add(
          Diagnostic.of(Code.SV1001, name.span(), "`" + name + "` is the name of two imports"));
    }
  }

  private void named(Name name, Entry.Import it, Project project, Seen seen) {
    List<Entry> found = project.named(name.text());
    found.forEach(entry -> seen.named().add(Space.named(entry, name)));
    if (found.isEmpty()) {
      seen.unresolved().add(name.text());
      var reason = project.reasonToStay(name.text());
      if (reason.isPresent()) {
        diagnostics.add(ImportFailures.stays(it, name, reason.get(), project.serves(name.text())));
        return;
      }
      var diagnostic =
          Diagnostic.of(
              Code.SV1002, name.span(), "`" + it.source() + "` declares no `" + name + "`");
      diagnostics.add(
          Spelling.nearest(name.text(), project.names())
              .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
              .orElse(diagnostic));
    }
  }

  /** Null where it can't be had, which is reported. */
  private @Nullable Project project(Resolved resolved) {
    String at = resolved.found().at();
    Span by = resolved.it().source().span();
    if (at.equals(Imports.SELF) || entered.stream().anyMatch(each -> each.at().equals(at))) {
      circle(at, resolved.it());
      return null;
    }
    Project known = projects.get(at);
    if (known != null) {
      return known;
    }
    if (projects.size() + entered.size() >= MAX_PROJECTS) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV7007, by, "a program imports at most " + MAX_PROJECTS + " projects"));
      return null;
    }
    entered.addLast(new Entered(at, by));
    var project = new Project(at, prefixes.getOrDefault(at, at + "."));
    List<Entry> entries = read(resolved.found(), by);
    Seen seen = seen(entries, at, project.prefix());
    var visible = new ArrayList<>(own(entries, seen));
    visible.addAll(seen.named());
    var others = new IdentityHashMap<Entry, Boolean>();
    seen.full().forEach(entry -> others.put(entry, true));
    visible.addAll(seen.full());
    project.declare(
        Expander.expand(visible, diagnostics).entries().stream()
            .filter(entry -> !others.containsKey(entry))
            .toList());
    entered.removeLast();
    projects.put(at, project);
    return project;
  }

  private List<Entry> read(Imports.Answer.Found found, Span by) {
    var units = new ArrayList<SourceUnit>();
    SourceFolder folder = found.folder();
    for (SourceFile file : folder.files()) {
      units.add(parsed.parse(SourceFile.imported(found.at() + "/" + file.path(), file.text(), by)));
    }
    var entries = new ArrayList<Entry>();
    for (SourceUnit unit : NestedProjects.without(units)) {
      diagnostics.addAll(unit.diagnostics());
      entries.addAll(unit.entries());
    }
    for (SourceFolder.Unreadable file : folder.unreadable()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV7007, by, "`" + found.at() + "/" + file.file().path() + "` can't be read"));
    }
    return entries;
  }

  private void circle(String at, Entry.Import it) {
    Span by = it.source().span();
    var places = new ArrayList<Span>();
    boolean within = at.equals(Imports.SELF);
    for (Entered each : entered) {
      if (within) {
        places.add(each.by());
      }
      within |= each.at().equals(at);
    }
    Span shown = entered.isEmpty() ? by : entered.getFirst().by();
    var diagnostic =
        Diagnostic.of(
            Code.SV7006,
            shown,
            at.equals(Imports.SELF) ? "the program imports itself" : "`" + at + "` imports itself");
    for (Span place : places) {
      if (!place.equals(shown)) {
        diagnostic = diagnostic.relating(place, "through this import");
      }
    }
    if (!shown.equals(by)) {
      diagnostics.add(diagnostic.relating(by, "and this one"));
    } else if (!it.isWhole()) {
      // What a program declares is known in all of its files as it is.
      diagnostics.add(diagnostic.fixedBy(Fix.remove("remove the import", it.span())));
    } else {
      diagnostics.add(diagnostic);
    }
  }
}
