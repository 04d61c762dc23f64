package dev.salver.cli.up;

import dev.salver.cli.imports.ProjectImports;
import dev.salver.cli.imports.Sources;
import dev.salver.cli.workspace.Blobs;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.Session;
import dev.salver.compiler.Target;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.git.Author;
import dev.salver.git.BareRepository;
import dev.salver.git.CommitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** From a project's sources to a commit: check, compile, commit. A mistake changes nothing. */
final class Release {
  static final String BRANCH = "main";
  private static final String SCHEME = "file:";
  private static final Author AUTHOR = new Author("salver up", "up@salver.dev");

  private final Path project;
  private final String environment;
  private final Blobs blobs;
  private final Session session = new Session();
  private volatile Set<Path> imported = Set.of();

  Release(Path project, String environment, Blobs blobs) {
    this.project = project;
    this.environment = environment;
    this.blobs = blobs;
  }

  /** Compiled: to be committed where the output has no errors. */
  record Compiled(Program program, Output output) {}

  /** Reads and checks, what did not change not anew; touches nothing. */
  Program check() throws IOException {
    SourceFolder sources = SourceFolder.read(project);
    ProjectImports imports = Sources.imports(project, sources);
    Program program = session.check(sources, imports, Lock.NONE);
    imported = imports.folders();
    return program;
  }

  /** Folders of other projects that the last check read. */
  Set<Path> imported() {
    return imported;
  }

  /** Compiles what has no errors; copies model files into the blobs. */
  Compiled compile(Program program) {
    return new Compiled(
        program, Compiler.compile(program, environment, Target.local(this::resolve)));
  }

  /** Commits the manifests; an equal tree makes no commit. */
  CommitResult commit(BareRepository repository, Output output) {
    return repository.commit(
        BRANCH,
        environment,
        output.files(),
        CommitMessage.of(repository, environment, output),
        AUTHOR,
        Instant.now());
  }

  /** A file that is not there keeps its place as URI: its service fails and says so. */
  private String resolve(String source, Span declaration) {
    Path file = project.resolve(source.substring(SCHEME.length())).normalize();
    try {
      return blobs.put(file).orElse(file.toUri()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
