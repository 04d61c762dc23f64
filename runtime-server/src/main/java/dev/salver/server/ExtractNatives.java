package dev.salver.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Writes ONNX Runtime's native libraries for this platform into a folder, for {@code
 * -Donnxruntime.native.path=DIR}: without it they are unpacked at each start, which takes longer
 * than the rest of the start.
 */
public final class ExtractNatives {
  private static final String ROOT = "/ai/onnxruntime/native/";

  private ExtractNatives() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: ExtractNatives DIR");
      System.exit(2);
    }
    for (Path file : into(Path.of(arguments[0]))) {
      System.out.println(file);
    }
  }

  /**
   * The libraries written; each is there whole or not at all.
   *
   * @throws IOException where the folder can't be written, or the class path has none for this
   *     platform
   */
  public static List<Path> into(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path runtime = write("onnxruntime", folder);
    Path binding = write("onnxruntime4j_jni", folder);
    return List.of(runtime, binding);
  }

  private static Path write(String library, Path folder) throws IOException {
    String name = System.mapLibraryName(library);
    String resource = ROOT + platform() + "/" + name;
    Path part = folder.resolve(name + ".part");
    try (InputStream in = ExtractNatives.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the class path has no ONNX Runtime for " + platform());
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** As ONNX Runtime names it in its archive: {@code linux-x64}, {@code osx-aarch64}. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "win" : "linux";
    return system + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
  }
}
