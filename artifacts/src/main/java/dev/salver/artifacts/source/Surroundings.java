package dev.salver.artifacts.source;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What sources take from the machine they are read on: environment variables, which hold KServe's
 * credentials, the home folder, the time.
 *
 * @param variables never shown
 */
public record Surroundings(Map<String, String> variables, Path home, Clock clock, Pauses pauses) {
  /** Waits; a test does not. */
  @FunctionalInterface
  public interface Pauses {
    void pause(Duration duration) throws InterruptedException;
  }

  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** Those of this process. */
  public static Surroundings system() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home", ".")),
        Clock.systemUTC(),
        Thread::sleep);
  }

  /** The first of some variables that is set to something. */
  Optional<String> first(String... names) {
    for (String name : names) {
      String value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  /** Whether a variable says yes: {@code true}, {@code 1} or {@code yes}. */
  boolean says(String name) {
    return first(name).filter(value -> value.matches("(?i)true|1|yes")).isPresent();
  }

  /** Whether a variable says no: {@code false}, {@code 0} or {@code no}. */
  boolean denies(String name) {
    return first(name).filter(value -> value.matches("(?i)false|0|no")).isPresent();
  }

  @Override
  public String toString() {
    return "Surroundings of " + home;
  }
}
