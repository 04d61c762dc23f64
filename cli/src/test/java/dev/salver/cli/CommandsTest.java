package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command is found by its name, alone and among the others. */
class CommandsTest {
  @ParameterizedTest
  @MethodSource("names")
  void aCommandExplainsItself(String name) {
    var run = CommandLineRun.of(name, "--help");
    assertEquals(Exit.DONE, run.exit(), run.err());
    assertTrue(run.out().startsWith("Usage: salver " + name + " "), run.out());
    assertTrue(CommandLineRun.of("help", name).out().startsWith("Usage: salver " + name));
  }

  static Stream<String> names() {
    return Commands.names().stream().filter(name -> !name.equals("help"));
  }

  @Test
  void theHelpAndTheCompletionNameThemAll() {
    String help = CommandLineRun.of("--help").out();
    String completion = CommandLineRun.of("completion").out();
    for (String name : Commands.names()) {
      assertTrue(help.contains("\n  " + name + " "), help);
      assertTrue(completion.contains("_picocli_salver_" + name + "()"), completion);
    }
  }

  @Test
  void aMistypedCommandIsToldWithWhatItMayMean() {
    var run = CommandLineRun.of("chek");
    assertEquals(Exit.USAGE, run.exit());
    assertTrue(run.err().contains("check"), run.err());
  }

  @Test
  void noCommandShowsTheHelp() {
    assertTrue(CommandLineRun.of().out().contains("Commands:"));
  }
}
