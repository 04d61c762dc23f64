package dev.salver.compiler.lock;

import dev.salver.compiler.type.Signature;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code serve.lock} pins.
 *
 * @param artifacts by source, as the program writes it
 * @param imports by source, as the program writes it
 */
public record Lock(SortedMap<String, Artifact> artifacts, SortedMap<String, Import> imports) {
  /** Of a program that was never locked. */
  public static final Lock NONE = new Lock(new TreeMap<>(), new TreeMap<>());

  public Lock {
    artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
    imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
  }

  /**
   * A model file or folder.
   *
   * @param digest {@code sha256:…} over its bytes, or over a folder's names and digests
   * @param bytes of all its files
   * @param format as the language names it, {@code onnx}; empty where it can't be told
   * @param signature what the artifact itself says; empty where the format holds none
   * @param weightBytes of its parameters in memory, where the format tells
   * @param isLowerable whether it is a tree or linear model that can be turned into ONNX
   */
  public record Artifact(
      String digest,
      long bytes,
      Optional<String> format,
      Optional<Signature> signature,
      Optional<Long> weightBytes,
      boolean isLowerable) {}

  /**
   * An imported project.
   *
   * @param revision the commit, for a Git import
   * @param digest {@code sha256:…} over its sources
   */
  public record Import(Optional<String> revision, String digest) {}
}
