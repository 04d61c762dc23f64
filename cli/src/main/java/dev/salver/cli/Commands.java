package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands. A command line that names one is read with that one alone. */
final class Commands {
  static {
    // Each is a search through every jar, or for classes that no option has.
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", ".*");
  }

  private static final String HELP = "help";

  /** In the order of the help. */
  private static final List<String> NAMES =
      List.of(
          "check",
          "compile",
          "test",
          "lock",
          "fmt",
          "fix",
          "explain",
          "up",
          "down",
          "status",
          "logs",
          "reconcile",
          "completion",
          HELP);

  private static final Set<String> COMPILING =
      Set.of("check", "compile", "test", "lock", "fix", "explain", "up");

  /** Those that start no process, no server and nothing else that has to be ended in order. */
  private static final Set<String> ON_ONE_THREAD =
      Set.of("check", "compile", "fmt", "fix", "explain", "completion", HELP);

  private static final int HELP_WIDTH = 100;

  private Commands() {}

  private static Command make(String name, Terminal terminal) {
    return switch (name) {
      case "check" -> new CheckCommand(terminal);
      case "compile" -> new CompileCommand(terminal);
      case "test" -> new TestCommand(terminal);
      case "lock" -> new LockCommand(terminal);
      case "fmt" -> new FmtCommand(terminal);
      case "fix" -> new FixCommand(terminal);
      case "explain" -> new ExplainCommand(terminal);
      case "up" -> new UpCommand(terminal);
      case "down" -> new DownCommand(terminal);
      case "status" -> new StatusCommand(terminal);
      case "logs" -> new LogsCommand(terminal);
      case "reconcile" -> new ReconcileCommand(terminal);
      case "completion" -> new CompletionCommand(terminal);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Whether a command line names a command that checks a program. */
  static boolean needCompiler(String... args) {
    return args.length > 0 && COMPILING.contains(args[0]);
  }

  static List<String> names() {
    return NAMES;
  }

  /** Whether nothing is left to end when a command has run. */
  static boolean endWithTheirThread(String... args) {
    return args.length > 0 && ON_ONE_THREAD.contains(args[0]);
  }

  /** What reads a command line: it knows the command that is named, or else all. */
  static CommandLine reading(Terminal terminal, String... args) {
    boolean one = args.length > 0 && NAMES.contains(args[0]) && !args[0].equals(HELP);
    return of(terminal, one ? List.of(args[0]) : NAMES);
  }

  /** A completion script of all commands, for bash and zsh. */
  static String completion(Terminal terminal) {
    return AutoComplete.bash("salver", of(terminal, NAMES));
  }

  private static CommandLine of(Terminal terminal, List<String> names) {
    var root = new Root();
    var line = new CommandLine(root(root));
    root.line = line;
    for (String name : names) {
      if (name.equals(HELP)) {
        line.addSubcommand(HELP, new CommandLine.HelpCommand());
      } else {
        line.addSubcommand(name, new CommandLine(spec(name, make(name, terminal))));
      }
    }
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    return line;
  }

  private static CommandSpec spec(String name, Command command) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.versionProvider(new Version());
    spec.usageMessage().description(command.help().toArray(String[]::new));
    var options = new Options(spec);
    command.takes(options);
    options.standard();
    return spec;
  }

  private static CommandSpec root(Root root) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(root).name("salver").versionProvider(new Version());
    new Options(spec).standard();
    spec.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header("Model serving on Kubernetes from a small language.")
        .description(
            "",
            "A project is a folder of .serve files with one `project` declaration. Start with:",
            "",
            "  salver up examples/quickstart      run a project on this machine",
            "  salver check                       what is wrong with the project around here",
            "  salver test                        its tests, with the real models",
            "  salver compile --env prod          the manifests that a cluster would get",
            "")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes())
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    codes.put("0", "done");
    codes.put("1", "the program or a gate says no");
    codes.put("2", "wrong usage");
    codes.put("3", "something outside failed: network, disk, cluster, a port");
    codes.put("130", "interrupted");
    return codes;
  }

  /** No command: says what there is. */
  private static final class Root implements Runnable {
    private @Nullable CommandLine line;

    @Override
    public void run() {
      CommandLine all = Objects.requireNonNull(line);
      all.usage(all.getOut());
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
