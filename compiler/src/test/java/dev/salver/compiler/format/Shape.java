package dev.salver.compiler.format;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;

/** What a text says, wherever in the text it says it. */
final class Shape {
  private Shape() {}

  static SourceUnit parse(String text) {
    return Parsing.parse(SourceFile.of("t.serve", text));
  }

  /** The tree with every field but the spans. */
  static String tree(SourceUnit unit) {
    var out = new StringBuilder();
    write(unit.entries(), out);
    return out.toString();
  }

  /** The comments in their order, without the spaces at the ends of their lines. */
  static List<String> comments(SourceUnit unit) {
    return unit.tokens().stream()
        .filter(each -> each.kind() == Token.Kind.COMMENT || each.kind() == Token.Kind.DOC)
        .map(each -> unit.file().text().substring(each.start(), each.end()))
        .map(text -> text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")))
        .toList();
  }

  private static void write(Object part, StringBuilder out) {
    switch (part) {
      case null -> out.append('-');
      case List<?> list -> {
        out.append('[');
        for (Object each : list) {
          write(each, out);
          out.append(' ');
        }
        out.append(']');
      }
      case Span _ -> {}
      case Record node -> {
        out.append(node.getClass().getSimpleName()).append('(');
        for (RecordComponent component : node.getClass().getRecordComponents()) {
          write(read(node, component), out);
          out.append(' ');
        }
        out.append(')');
      }
      default -> out.append('`').append(part).append('`');
    }
  }

  private static Object read(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
