package dev.salver.cli.imports;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockReader;
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
    SourceFolder sources = SourceFolder.read(project);
    return Compiler.check(sources, imports(project, sources));
  }

  /**
   * What a project imports: folders beside it, and what its lock pins.
   *
   * @throws IOException when the project's place can't be told
   */
  public static ProjectImports imports(Path project, SourceFolder sources) throws IOException {
    Lock lock = sources.lock().map(LockReader::read).map(LockReader.Result::lock).orElse(Lock.NONE);
    return new ProjectImports(project, lock.imports(), ImportCache.ofUser());
  }
}
