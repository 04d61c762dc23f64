package dev.salver.cli.imports;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a project with what it imports, and checks it: what every command starts with. */
public final class Sources {
  private Sources() {}

  /**
   * @throws IOException when the project can't be read
   */
  public static Program check(Path project) throws IOException {
    return Compiler.check(
        SourceFolder.read(project),
        new ProjectImports(project, Lock.NONE.imports(), ImportCache.ofUser()));
  }
}
