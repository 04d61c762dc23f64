package dev.salver.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Git itself, as the judge of what we write and the maker of what we must refuse. */
final class GitCli {
  private final Path folder;

  GitCli(Path folder) {
    this.folder = folder;
  }

  String run(String... arguments) {
    return runWithInput("", arguments);
  }

  String runWithInput(String input, String... arguments) {
    var command = new ArrayList<String>(List.of("git", "-c", "init.defaultBranch=main"));
    command.addAll(List.of("-c", "user.name=Ann", "-c", "user.email=ann@example.com"));
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true);
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + "\n" + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
