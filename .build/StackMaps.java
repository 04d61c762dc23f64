import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * StackMaps JAR…: gives classes of the time before Java 6 the stack maps of today, in place. An AOT
 * cache takes no class without them: the command line's library would be verified at each start.
 */
final class StackMaps {
  private static final int FIRST_WITH_MAPS = ClassFile.JAVA_6_VERSION;

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
        Path root = files.getPath("/");
        ClassFile reader = reader(root);
        for (Path file : classes(root)) {
          ClassModel model = reader.parse(Files.readAllBytes(file));
          if (model.majorVersion() < FIRST_WITH_MAPS) {
            Files.write(file, reader.transformClass(model, withMaps()));
          }
        }
      }
    }
  }

  private static List<Path> classes(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.startsWith("/META-INF"))
          .toList();
    }
  }

  private static ClassFile reader(Path root) {
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(type -> open(root, type))));
  }

  private static InputStream open(Path root, ClassDesc type) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
    Path own = root.resolve(name);
    try {
      return Files.exists(own)
          ? Files.newInputStream(own)
          : ClassLoader.getSystemResourceAsStream(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bodies are written anew, which makes their maps, and the version says that they are there. */
  private static ClassTransform withMaps() {
    return ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
        .andThen(
            (built, element) -> {
              if (element instanceof ClassFileVersion) {
                built.withVersion(ClassFile.JAVA_7_VERSION, 0);
              } else {
                built.with(element);
              }
            });
  }
}
