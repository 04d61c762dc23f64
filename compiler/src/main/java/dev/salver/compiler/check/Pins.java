package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Severity;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Which sources the lock pins.
 *
 * <p>A {@code file:} source of the environment {@code local} is content-addressed when it is run,
 * so it needs no pin. What only the cluster reads ({@code git:}, {@code pvc:}, {@code hdfs:}) can
 * have none: that is an error where {@code pinned = true} and no word elsewhere.
 *
 * @param isLocked whether there is a lock, readable or not
 */
public record Pins(Lock lock, boolean isLocked) {
  private static final List<String> CLUSTER_ONLY = List.of("git", "pvc", "hdfs");

  /**
   * Something is loaded from a source.
   *
   * @param isLoose whether nothing pins it for want of any lock, which is told once for all
   */
  record Use(String source, boolean isPinnable, boolean isLoose) {}

  /** Whether a source can be read from outside of the cluster at all. */
  static boolean isPinnable(String source) {
    return !CLUSTER_ONLY.contains(Sources.scheme(source)) && !Sources.isElsewhere(source);
  }

  /** What the lock says of a source. */
  Optional<Lock.Artifact> artifact(String source) {
    return Optional.ofNullable(lock.artifacts().get(source));
  }

  /** The format that the lock read off the artifact. */
  Optional<String> format(String source) {
    return artifact(source).flatMap(Lock.Artifact::format);
  }

  /** A model or a mount of an environment is loaded from there. */
  Use use(
      String source,
      Span at,
      Environment environment,
      boolean mustBePinned,
      Diagnostics diagnostics) {
    boolean pinnable = isPinnable(source);
    boolean free = Sources.isLocal(source) || lock.artifacts().containsKey(source);
    if (!free && mustBePinned) {
      diagnostics.add(
          pinnable
              ? error(
                  at,
                  "`" + source + "` is not pinned, and `env " + environment.name() + "` is",
                  environment)
              : unpinned(
                  error(
                      at,
                      "`"
                          + Sources.scheme(source)
                          + ":` can't be pinned: only the cluster reads it",
                      environment),
                  environment));
    } else if (!free && pinnable && isLocked) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV7020, at, "`" + source + "` is not in `serve.lock`; run `salver lock`"));
    }
    return new Use(source, pinnable, !free && !mustBePinned && pinnable && !isLocked);
  }

  /** Offers to ask for no pins, where this program asks for them. */
  private static Diagnostic unpinned(Diagnostic diagnostic, Environment environment) {
    Effective asked = environment.settings().get(Path.of("pinned"));
    if (asked == null) {
      return diagnostic;
    }
    SourceFile file = asked.leaf().at().file();
    return file.isLibrary() || file.importedBy().isPresent()
        ? diagnostic
        : diagnostic.fixedBy(asked.leaf().removal().suggested());
  }

  private static Diagnostic error(Span at, String message, Environment environment) {
    Diagnostic plain = Diagnostic.of(Code.SV7020, at, message);
    return new Diagnostic(
            plain.code(), Severity.ERROR, message, at, "", plain.related(), plain.fixes())
        .relating(environment.at(), "`pinned = true` holds in `env " + environment.name() + "`");
  }
}
