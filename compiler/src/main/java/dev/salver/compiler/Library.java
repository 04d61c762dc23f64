package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The standard library, read from the class path once. */
final class Library {
  private static final List<String> FILES =
      List.of("salver.serve", "kserve.serve", "accelerators.serve");
  private static final List<String> IMPORTED = List.of("graphs");
  private static final String SCHEME = "salver:";
  private static final String FOLDER = "/dev/salver/stdlib/";

  private Library() {}

  static List<SourceUnit> units() {
    return Holder.UNITS;
  }

  /** The standard library's projects, {@code salver:graphs}, before those of the caller. */
  static Imports before(Imports others) {
    return (source, from) -> {
      if (!source.startsWith(SCHEME)) {
        return from.startsWith(SCHEME)
            ? new Imports.Answer.NotFound(Optional.empty())
            : others.resolve(source, from);
      }
      String name = source.substring(SCHEME.length());
      if (!IMPORTED.contains(name)) {
        return new Imports.Answer.NotFound(
            Spelling.nearest(name, IMPORTED).map(near -> SCHEME + near));
      }
      String file = name + ".serve";
      return new Imports.Answer.Found(source, SourceFolder.of(Map.of(file, text(file))));
    };
  }

  private static final class Holder {
    static final List<SourceUnit> UNITS = FILES.stream().map(Library::read).toList();
  }

  private static SourceUnit read(String name) {
    SourceUnit unit = Parsing.parse(SourceFile.library("salver:" + name, text(name)));
    if (!unit.diagnostics().isEmpty()) {
      throw new IllegalStateException(unit.diagnostics().getFirst().toString());
    }
    return unit;
  }

  static String text(String name) {
    try (InputStream in = Library.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
