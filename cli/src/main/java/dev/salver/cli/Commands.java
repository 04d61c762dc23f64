package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * All commands. A command line that names one is read with that one alone, because reading the
 * annotations of all of them takes longer than most of them run.
 */
final class Commands implements CommandLine.IFactory {
  /** By name, in the order of the help. */
  private static final Map<String, Class<?>> ALL = all();

  private static final Set<String> COMPILING =
      Set.of("check", "compile", "test", "lock", "fix", "explain", "up");

  private final Terminal terminal;
  private final CommandLine.IFactory others = CommandLine.defaultFactory();

  private Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  private static Map<String, Class<?>> all() {
    var all = new LinkedHashMap<String, Class<?>>();
    all.put("check", CheckCommand.class);
    all.put("compile", CompileCommand.class);
    all.put("test", TestCommand.class);
    all.put("lock", LockCommand.class);
    all.put("fmt", FmtCommand.class);
    all.put("fix", FixCommand.class);
    all.put("explain", ExplainCommand.class);
    all.put("up", UpCommand.class);
    all.put("down", DownCommand.class);
    all.put("status", StatusCommand.class);
    all.put("logs", LogsCommand.class);
    all.put("reconcile", ReconcileCommand.class);
    all.put("completion", CompletionCommand.class);
    all.put("help", CommandLine.HelpCommand.class);
    return Collections.unmodifiableMap(all);
  }

  /** Whether a command line names a command that checks a program. */
  static boolean needCompiler(String... args) {
    return args.length > 0 && COMPILING.contains(args[0]);
  }

  static Collection<String> names() {
    return ALL.keySet();
  }

  /** What reads a command line: it knows the command that is named, or else all. */
  static CommandLine reading(Terminal terminal, String... args) {
    boolean one = args.length > 0 && ALL.containsKey(args[0]) && !args[0].equals("help");
    return of(terminal, one ? List.of(args[0]) : names());
  }

  /** A completion script of all commands, for bash and zsh. */
  static String completion(Terminal terminal) {
    return AutoComplete.bash("salver", of(terminal, names()));
  }

  private static CommandLine of(Terminal terminal, Collection<String> names) {
    var factory = new Commands(terminal);
    var line = new CommandLine(new Main(), factory);
    for (String name : names) {
      line.addSubcommand(name, new CommandLine(ALL.get(name), factory));
    }
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0] == Terminal.class) {
        return type.cast(constructor.newInstance(terminal));
      }
    }
    return others.create(type);
  }
}
