package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.List;

/** Leaves out folders that are projects of their own, whatever file declares them. */
public final class NestedProjects {
  private NestedProjects() {}

  public static List<SourceUnit> without(List<SourceUnit> units) {
    var folders = new ArrayList<String>();
    boolean top = false;
    for (SourceUnit unit : units) {
      if (declaresProject(unit)) {
        String folder = folder(unit);
        top |= folder.isEmpty();
        folders.add(folder);
      }
    }
    if (!top) {
      return units;
    }
    folders.removeIf(String::isEmpty);
    return units.stream()
        .filter(unit -> folders.stream().noneMatch(folder(unit)::startsWith))
        .toList();
  }

  private static boolean declaresProject(SourceUnit unit) {
    return unit.entries().stream()
        .anyMatch(entry -> entry instanceof Entry.Resource each && each.kind() == Kind.PROJECT);
  }

  /** With a slash at the end; empty at the top. */
  private static String folder(SourceUnit unit) {
    String path = unit.file().path();
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
