package dev.salver.compiler;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The standard library, read from the class path once. */
final class Library {
  private static final List<String> FILES =
      List.of("salver.serve", "kserve.serve", "accelerators.serve");
  private static final String FOLDER = "/dev/salver/stdlib/";

  private Library() {}

  static List<SourceUnit> units() {
    return Holder.UNITS;
  }

  private static final class Holder {
    static final List<SourceUnit> UNITS = FILES.stream().map(Library::read).toList();
  }

  private static SourceUnit read(String name) {
    try (InputStream in = Library.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + FOLDER + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      SourceUnit unit = Parsing.parse(SourceFile.library("salver:" + name, text));
      if (!unit.diagnostics().isEmpty()) {
        throw new IllegalStateException(unit.diagnostics().getFirst().toString());
      }
      return unit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
