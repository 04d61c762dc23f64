package dev.salver.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured: the checkout's quickstart and the assembled build with its AOT caches.
 *
 * @param folder where {@code cli.args}, {@code server.args} and the natives lie
 */
record Build(Path checkout, Path folder) {
  private static final String JAVA =
      System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";

  Path quickstart() {
    return checkout.resolve("examples/quickstart");
  }

  Path irisModel() {
    return quickstart().resolve("models/iris.onnx");
  }

  /** A true request for the iris model, Open Inference Protocol, JSON. */
  String irisRequest() throws IOException {
    return Files.readString(quickstart().resolve("requests/iris.json")).strip();
  }

  /** {@code java} with the arguments of this build's profile, as the launcher starts it. */
  List<String> profile(String name, String... arguments) {
    var command = new ArrayList<>(List.of(JAVA, "@" + folder.resolve(name + ".args")));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * A main class of this module, with the server's flags but no AOT cache. Its class path is in a
   * file, because ONNX Runtime 1.29 dies of a command line of several thousand characters.
   */
  List<String> ownMain(Class<?> main, String... arguments) throws IOException {
    Path file = Files.createTempFile("bench", ".args");
    Files.write(
        file,
        List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Donnxruntime.native.path=" + folder.resolve("natives"),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    var command = new ArrayList<>(List.of(JAVA, "@" + file));
    command.addAll(List.of(arguments));
    return command;
  }

  /** An empty program in a JVM started as lean as it goes. */
  List<String> emptyJvm() {
    return List.of(
        JAVA,
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Nothing.class.getName());
  }

  /** Does nothing. */
  static final class Nothing {
    public static void main(String[] args) {}
  }
}
