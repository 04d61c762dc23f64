import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks ("check") or rewrites ("write") every Java source of a tree with google-java-format. */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".dist", "node_modules");

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    var unformatted = new ArrayList<Path>();
    for (Path file : sources(Path.of(args[1]))) {
      String before = Files.readString(file);
      String after = format(formatter, file, before);
      if (after.equals(before)) {
        continue;
      }
      unformatted.add(file);
      if (write) {
        Files.writeString(file, after);
      }
    }
    for (Path file : unformatted) {
      System.out.println((write ? "formatted " : "not formatted: ") + file);
    }
    if (!write && !unformatted.isEmpty()) {
      System.out.println("run: mvn -N verify -Dformat.mode=write");
      System.exit(1);
    }
  }

  private static String format(Formatter formatter, Path file, String source) throws Exception {
    try {
      return formatter.formatSource(
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE));
    } catch (com.google.googlejavaformat.java.FormatterException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
