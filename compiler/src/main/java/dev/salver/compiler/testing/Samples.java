package dev.salver.compiler.testing;

import java.util.ArrayDeque;
import java.util.regex.Pattern;

/** Reads the files that {@code sample("…")} names. */
@FunctionalInterface
public interface Samples {
  /** What came of it. */
  sealed interface Sample {
    record Found(String text) implements Sample {}

    /** Why there is none, in words for the user. */
    record Refused(String why) implements Sample {}
  }

  /**
   * @param path below the project's folder
   */
  Sample read(String path);

  /** Whether a path stays below the folder that it starts in. */
  static boolean isInside(String path) {
    return !path.isEmpty()
        && !path.startsWith("/")
        && !path.contains("\\")
        && path.indexOf(':') < 0
        && Pattern.compile("/").splitAsStream(path).noneMatch(".."::equals);
  }

  /** What a path that leaves the folder may have meant in it; empty where nothing is left. */
  static String inside(String path) {
    var names = new ArrayDeque<String>();
    for (String name : path.replace('\\', '/').split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }
}
