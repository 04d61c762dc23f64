package dev.salver.cli.lock;

import dev.salver.compiler.lock.Lock.Artifact;
import dev.salver.compiler.lock.LockWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What locking says about one source or import.
 *
 * @param isImport whether it is an import, not an artifact
 * @param details for people: what differs, or why it failed
 */
public record Change(String source, boolean isImport, Kind kind, String details) {
  /** What became of it. */
  public enum Kind {
    ADDED,
    CHANGED,
    KEPT,
    REMOVED,
    FAILED;

    /** {@code added}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** From what was pinned to what is there. */
  static Change of(String source, Optional<Artifact> before, Artifact now, List<String> notes) {
    String told = notes.isEmpty() ? "" : "; " + String.join("; ", notes);
    return before
        .map(
            old ->
                old.equals(now)
                    ? new Change(source, false, Kind.KEPT, "")
                    : new Change(source, false, Kind.CHANGED, difference(old, now) + told))
        .orElseGet(() -> new Change(source, false, Kind.ADDED, summary(now) + told));
  }

  /** {@code onnx, 1.4 MiB}. */
  static String summary(Artifact artifact) {
    return artifact.format().orElse("format unknown")
        + ", "
        + Transfers.size(artifact.bytes())
        + artifact.signature().map(each -> ", " + LockWriter.signature(each)).orElse("");
  }

  private static String difference(Artifact old, Artifact now) {
    var parts = new ArrayList<String>();
    if (!old.digest().equals(now.digest())) {
      parts.add(
          "other bytes, " + Transfers.size(old.bytes()) + " to " + Transfers.size(now.bytes()));
    }
    if (!old.format().equals(now.format())) {
      parts.add(
          "format " + old.format().orElse("unknown") + " to " + now.format().orElse("unknown"));
    }
    if (!old.signature().equals(now.signature())) {
      parts.add(
          "signature "
              + old.signature().map(LockWriter::signature).orElse("unknown")
              + " to "
              + now.signature().map(LockWriter::signature).orElse("unknown"));
    }
    return parts.isEmpty() ? "described otherwise" : String.join("; ", parts);
  }
}
