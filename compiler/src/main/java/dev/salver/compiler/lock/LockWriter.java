package dev.salver.compiler.lock;

import dev.salver.compiler.lock.Lock.Artifact;
import dev.salver.compiler.lock.Lock.Import;
import dev.salver.compiler.type.Signature;

/**
 * {@code serve.lock} as text: one line for each artifact and import, complete in itself, sorted by
 * kind and source. A line that stands alone survives any line-wise merge; what is equal is written
 * in equal bytes.
 */
public final class LockWriter {
  /** The version of the form that is written. */
  public static final int VERSION = 1;

  static final String FIRST = "serve.lock " + VERSION;

  private static final String ABOUT =
      "// Written by `salver lock`, one line each; commit it and review its changes.\n"
          + "// To merge branches without conflicts: `serve.lock merge=union` in .gitattributes.\n";

  private LockWriter() {}

  /** The whole file. */
  public static String write(Lock lock) {
    var out = new StringBuilder(FIRST).append('\n').append(ABOUT);
    lock.artifacts().forEach((source, artifact) -> artifact(out, source, artifact));
    lock.imports().forEach((source, each) -> imported(out, source, each));
    return out.toString();
  }

  /** The line of one artifact, without its end. */
  public static String line(String source, Artifact artifact) {
    var out = new StringBuilder();
    artifact(out, source, artifact);
    return out.substring(0, out.length() - 1);
  }

  /** A signature as the lock writes it: odd names in quotes. */
  public static String signature(Signature signature) {
    return SignatureText.write(signature);
  }

  private static void artifact(StringBuilder out, String source, Artifact artifact) {
    out.append("artifact ").append(Words.quoted(source));
    out.append(' ').append(artifact.digest());
    out.append(" bytes ").append(artifact.bytes());
    artifact
        .format()
        .ifPresent(
            format ->
                out.append(" format ")
                    .append(Words.isName(format) ? format : Words.quoted(format)));
    artifact.weightBytes().ifPresent(weights -> out.append(" weights ").append(weights));
    if (artifact.isLowerable()) {
      out.append(" lowerable");
    }
    artifact
        .signature()
        .ifPresent(signature -> out.append(" : ").append(SignatureText.write(signature)));
    out.append('\n');
  }

  private static void imported(StringBuilder out, String source, Import each) {
    out.append("import ").append(Words.quoted(source));
    out.append(' ').append(each.digest());
    each.revision().ifPresent(revision -> out.append(" revision ").append(revision));
    out.append('\n');
  }
}
