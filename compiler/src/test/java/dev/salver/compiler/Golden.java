package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts beside their inputs. {@code mvn -pl compiler -am test
 * -Dtest.args=-Dgolden.write=true} writes them anew, to be read in review.
 */
public final class Golden {
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private Golden() {}

  /** A folder of this module, or of the repository with {@code ../}. */
  public static Path folder(String path) {
    Path module = Path.of("").toAbsolutePath();
    return module.resolve(path).normalize();
  }

  public static void check(Path file, String actual) throws IOException {
    if (WRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
      return;
    }
    String expected = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(expected, actual, file + " is stale; see Golden");
  }

  public static boolean writes() {
    return WRITE;
  }
}
