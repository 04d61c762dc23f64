package dev.salver.cli.up;

import dev.salver.sandbox.node.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which images run on this machine: Salver's own, as a Java process of the same build. Whatever
 * registry or tag an image has, its last path segment decides.
 */
public final class JvmPrograms implements Programs {
  private static final String SERVER = "dev.salver.server.Main";

  /** What KServe's images would do, done by Salver's roles. */
  private static final Map<String, String> ROLES = Map.of("runtime-server", "model");

  private final List<String> java;

  private JvmPrograms(List<String> java) {
    this.java = java;
  }

  /**
   * The launcher names an argument file ({@code salver.server.args}) with the server's class path
   * and AOT cache. Without one the server runs from this process's class path, through a file, too:
   * ONNX Runtime 1.29 overruns its stack on a command line of several thousand characters.
   *
   * @param folder where that file may be written
   */
  static JvmPrograms ofThisBuild(Path folder) throws IOException {
    String executable =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    String arguments = System.getProperty("salver.server.args");
    return new JvmPrograms(
        List.of(executable, "@" + (arguments == null ? ownClassPath(folder) : arguments)));
  }

  private static Path ownClassPath(Path folder) throws IOException {
    return Files.write(
        folder.resolve("server.args"),
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SERVER));
  }

  /**
   * The server of models, up to its flags.
   *
   * @param folder where an argument file may be written
   */
  public static List<String> server(Path folder) throws IOException {
    return ofThisBuild(folder).of("runtime-server").orElseThrow().command();
  }

  @Override
  public Optional<Program> of(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    int end = name.indexOf('@') >= 0 ? name.indexOf('@') : name.indexOf(':');
    String role = ROLES.get(end < 0 ? name : name.substring(0, end));
    if (role == null) {
      return Optional.empty();
    }
    var command = new java.util.ArrayList<>(java);
    command.add(role);
    return Optional.of(new Program(List.copyOf(command), Map.of()));
  }
}
