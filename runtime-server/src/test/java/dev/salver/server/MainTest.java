package dev.salver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The program as a process of its own. */
final class MainTest {

  private static Process start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("PORT", "0");
    builder.environment().remove("STORAGE_URI");
    return builder.start();
  }

  private static String readUntil(Process process, BufferedReader out, String text)
      throws IOException, InterruptedException {
    var said = new StringBuilder();
    while (said.indexOf(text) < 0) {
      String line = out.readLine();
      if (line == null) {
        fail("it ended with " + process.waitFor() + " before " + text + ": " + said);
      }
      said.append(line).append('\n');
    }
    return said.toString();
  }

  @Test
  void theSignalToTerminateDrainsAndEndsWithZero() throws Exception {
    Process process = start(List.of(), "model", "--model_dir=src/test/models/divide.onnx");
    try (BufferedReader out = process.inputReader()) {
      readUntil(process, out, "is ready");
      process.toHandle().destroy();
      readUntil(process, out, "draining on SIGTERM");
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCommandLineThatTheLibraryWouldDieOfIsRefused() throws Exception {
    String padding = "-Dpadding=" + "x".repeat(5000);
    Process process = start(List.of(padding), "model", "--model_dir=src/test/models/divide.onnx");
    try (BufferedReader out = process.inputReader()) {
      readUntil(process, out, "ONNX Runtime crashes above some 3,900");
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anUnknownRoleIsToldWhichThereAre() throws Exception {
    Process process = start(List.of(), "modle");
    try (BufferedReader out = process.inputReader()) {
      assertEquals("there is no role \"modle\"; there are: model", out.readLine());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(2, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
