package dev.salver.compiler;

import dev.salver.compiler.source.Span;
import java.util.Optional;

/**
 * What differs between writing manifests for a cluster and running them on this machine.
 *
 * @param files how {@code file:} sources are named in manifests; empty leaves them as they are
 *     written, which only the environment {@code local} may have
 */
public record Target(Optional<FileSources> files) {
  /** Names the bytes of a {@code file:} source. */
  @FunctionalInterface
  public interface FileSources {
    /**
     * @param source as it is written, {@code file:models/iris.onnx}
     * @param declaration the model's name in its declaration
     * @return the URI to write into the manifest
     */
    String resolve(String source, Span declaration);
  }

  /** Manifests as they are delivered to a cluster. */
  public static Target cluster() {
    return new Target(Optional.empty());
  }

  /** Manifests for this machine. */
  public static Target local(FileSources files) {
    return new Target(Optional.of(files));
  }
}
