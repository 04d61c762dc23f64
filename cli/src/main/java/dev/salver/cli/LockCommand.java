package dev.salver.cli;

import dev.salver.artifacts.source.Surroundings;
import dev.salver.cli.lock.Change;
import dev.salver.cli.lock.Change.Kind;
import dev.salver.cli.lock.FetchingImports;
import dev.salver.cli.lock.LockFile;
import dev.salver.cli.lock.LockPlan;
import dev.salver.cli.lock.LockReport;
import dev.salver.cli.lock.Locking;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockReader;
import dev.salver.compiler.source.SourceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code salver lock}: pins every source and import of a project. */
final class LockCommand implements Command {
  /** What a program may say before it is locked. */
  private static final Set<Code> EXPECTED =
      EnumSet.of(Code.SV5003, Code.SV5006, Code.SV7020, Code.SV7021, Code.SV7023);

  private static final Set<Code> UNREADABLE = EnumSet.of(Code.SV7022, Code.SV7024);

  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private boolean check;

  private boolean frozen;

  private List<String> update = List.of();

  private Format format = Format.TEXT;

  LockCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Pin what a project is made of: the only command of the compiler that asks the network.",
        "",
        "Reads each source of every environment and writes serve.lock: digest, size, format and "
            + "tensor signature. A source that is pinned keeps its pin until --update names it; a "
            + "pin that nothing uses any more is removed. What fails is told, what worked is written.",
        "",
        "Credentials are taken from the variables that KServe uses, such as AWS_ACCESS_KEY_ID, "
            + "GOOGLE_APPLICATION_CREDENTIALS, AZURE_STORAGE_ACCESS_KEY, HF_TOKEN.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .flag(
            "--check",
            value -> check = value,
            "Read everything again and write nothing; exit code 1 when the lock is not current.")
        .flag(
            "--frozen",
            value -> frozen = value,
            "Fetch the imports that are pinned, and change nothing.")
        .commaValues(
            "--update",
            "NAME",
            value -> update = value,
            "Read the sources of these models anew (or these sources or imports; '*' is all of them).")
        .value(
            "--format",
            "<format>",
            Format.class,
            value -> format = value,
            "text or json (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    if ((check && (frozen || !update.isEmpty())) || (frozen && !update.isEmpty())) {
      throw CommandFailure.usage("--check, --frozen and --update exclude each other");
    }
    Path project = folder.resolve();
    SourceFolder sources = SourceFolder.read(project);
    var names = new TreeSet<>(update);
    if (check) {
      names.add(LockPlan.EVERYTHING);
    }
    Lock old = sources.lock().map(LockReader::read).map(LockReader.Result::lock).orElse(Lock.NONE);
    var imports = new FetchingImports(project, old, names, frozen);
    Program program = Compiler.check(sources, imports);
    var unreadable =
        program.diagnostics().stream().filter(each -> UNREADABLE.contains(each.code())).toList();
    if (!unreadable.isEmpty()) {
      Diagnosis.show(terminal, ReportFormat.valueOf(format.name()), project, unreadable);
      return Exit.REFUSED;
    }
    var unknown = LockPlan.unknown(program, names);
    if (!unknown.isEmpty()) {
      throw CommandFailure.usage(
          "--update: there is no model, source or import " + String.join(", ", unknown));
    }
    return frozen ? frozen(imports) : lock(project, sources, program, names, imports);
  }

  private int frozen(FetchingImports imports) {
    var failed = imports.changes().stream().filter(change -> change.kind() == Kind.FAILED).toList();
    if (format == Format.JSON) {
      var lock = new Lock(new TreeMap<>(), imports.pins());
      terminal.out().println(LockReport.json(imports.changes(), lock, false));
    } else {
      failed.forEach(change -> terminal.problem(change.details()));
      terminal.step("fetched", Diagnosis.plural(imports.pins().size(), "pinned import"));
    }
    return failed.isEmpty() ? Exit.DONE : Exit.OUTSIDE;
  }

  private int lock(
      Path project,
      SourceFolder sources,
      Program program,
      Set<String> names,
      FetchingImports imports)
      throws Exception {
    var contested =
        sources
            .lock()
            .map(LockReader::read)
            .map(LockReader.Result::contested)
            .orElse(new TreeSet<>());
    boolean isWhole = program.diagnostics().stream().noneMatch(LockCommand::hides);
    LockPlan plan = LockPlan.of(program.sources(), program.lock(), contested, names, isWhole);
    boolean json = format == Format.JSON;
    var outcome =
        new Locking(project, Surroundings.system(), terminal, json).run(plan, program.lock());
    var changes = new ArrayList<>(outcome.changes());
    changes.addAll(imports.changes());
    var pins = imports.pins();
    program
        .lock()
        .imports()
        .forEach(
            (source, pin) -> {
              if (!isWhole) {
                pins.putIfAbsent(source, pin);
              } else if (!pins.containsKey(source)) {
                changes.add(new Change(source, true, Kind.REMOVED, ""));
              }
            });
    var lock = new Lock(new TreeMap<>(outcome.artifacts()), pins);
    boolean current = changes.stream().allMatch(LockCommand::isCurrent);
    boolean hasFailures = changes.stream().anyMatch(change -> change.kind() == Kind.FAILED);
    boolean written = !check && LockFile.write(project, lock);
    if (json) {
      terminal.out().println(LockReport.json(changes, lock, written));
    } else {
      text(lock, changes, written, isWhole);
    }
    if (check && !current) {
      return Exit.REFUSED;
    }
    return hasFailures ? Exit.OUTSIDE : Exit.DONE;
  }

  private void text(Lock lock, List<Change> changes, boolean written, boolean isWhole) {
    for (Change change : changes) {
      switch (change.kind()) {
        case REMOVED -> terminal.step(check ? "unused" : "removed", change.source());
        case FAILED -> {
          if (change.isImport()) {
            terminal.problem(change.details());
          }
        }
        case ADDED, CHANGED -> {
          if (change.isImport()) {
            terminal.step(change.kind().word(), change.source() + "  " + change.details());
          }
        }
        case KEPT -> {}
      }
    }
    if (!isWhole) {
      terminal.step("kept", "what seems unused, as the program has errors; see `salver check`");
    }
    long failed = changes.stream().filter(change -> change.kind() == Kind.FAILED).count();
    String counted =
        Diagnosis.plural(lock.artifacts().size(), "artifact")
            + (lock.imports().isEmpty()
                ? ""
                : ", " + Diagnosis.plural(lock.imports().size(), "import"))
            + (failed == 0 ? "" : "; " + failed + " could not be read");
    if (check) {
      terminal.step("checked", counted);
    } else {
      terminal.step(written ? "locked" : "unchanged", SourceFolder.LOCK + ": " + counted);
    }
  }

  private static boolean isCurrent(Change change) {
    return change.kind() == Kind.KEPT || change.kind() == Kind.FAILED;
  }

  /** Whether an error may hide a use of a source. */
  private static boolean hides(Diagnostic diagnostic) {
    return diagnostic.isError() && !EXPECTED.contains(diagnostic.code());
  }
}
