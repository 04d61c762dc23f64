package dev.salver.compiler.check;

import dev.salver.compiler.check.StoragePlan.Bucket;
import dev.salver.compiler.check.StoragePlan.Mount;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code mounts} and {@code credentials}, within what KServe's storage initializer carries (KServe
 * v0.20: folders of one parent that is not the root; a storage secret for S3 and HDFS alone).
 */
final class Storage {
  private static final Path FROM = Path.of("from");
  private static final Path CREDENTIALS = Path.of("credentials");
  private static final List<String> WITH_SECRET = List.of("s3", "hdfs");
  private static final int MAX_FOLDER = 255;

  private final Settings model;
  private final Diagnostics diagnostics;

  private Storage(Settings model, Diagnostics diagnostics) {
    this.model = model;
    this.diagnostics = diagnostics;
  }

  /**
   * @param own whether the model is a server of one's own, whose sources KServe names by a variable
   */
  static StoragePlan of(
      Settings model, Optional<String> source, boolean own, Diagnostics diagnostics) {
    var storage = new Storage(model, diagnostics);
    List<Mount> mounts = storage.mounts();
    return new StoragePlan(mounts, own ? storage.noBucket() : storage.bucket(source, mounts));
  }

  private List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    model
        .below("mounts")
        .forEach(
            (path, value) -> {
              String folder = path.first();
              var at = model.at(Path.of("mounts").then(path));
              String wrong = wrong(folder);
              String source = Settings.text(value);
              if (!wrong.isEmpty()) {
                var diagnostic = Diagnostic.of(Code.SV5011, at, wrong);
                diagnostics.add(below(folder, at).map(diagnostic::fixedBy).orElse(diagnostic));
              } else if (Sources.check(source, at, diagnostics)) {
                mounts.add(new Mount(folder, source));
              }
            });
    return mounts;
  }

  /** The folder of the same name below KServe's, where none is there yet. */
  private Optional<Fix> below(String folder, Span at) {
    String parent = StoragePlan.MODEL_FOLDER + "/";
    boolean inside = folder.startsWith(parent);
    var parts =
        Stream.of((inside ? folder.substring(parent.length()) : folder).split("/"))
            .filter(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."))
            .toList();
    if (parts.isEmpty() || !at.text().equals("\"" + folder + "\"")) {
      return Optional.empty();
    }
    String meant = parent + (inside ? String.join("/", parts) : parts.getLast());
    boolean taken = model.leaf(Path.of("mounts", meant)).isPresent() || !wrong(meant).isEmpty();
    return taken ? Optional.empty() : Optional.of(Fix.replace(at, "\"" + meant + "\"").suggested());
  }

  private static String wrong(String folder) {
    List<String> parts = List.of(folder.split("/", -1));
    if (!folder.startsWith("/") || folder.length() > MAX_FOLDER) {
      return "`" + folder + "` is no absolute folder";
    }
    if (parts.contains("..") || parts.contains(".") || parts.lastIndexOf("") > 0) {
      return "`" + folder + "` goes through `.` or `..`, or ends with `/`";
    }
    return folder.startsWith(StoragePlan.MODEL_FOLDER + "/")
        ? ""
        : "a mount lies below `" + StoragePlan.MODEL_FOLDER + "`, as `" + folder + "` does not";
  }

  private Optional<Bucket> noBucket() {
    if (model.leaf(CREDENTIALS).isPresent()) {
      diagnostics.add(
          model.removable(
              Diagnostic.of(
                  Code.SV5012,
                  model.at(CREDENTIALS),
                  "KServe's storage secret does not reach a server of your own; `identity` names a"
                      + " service account with the secrets"),
              CREDENTIALS));
    }
    return Optional.empty();
  }

  private Optional<Bucket> bucket(Optional<String> source, List<Mount> mounts) {
    Optional<String> key = model.text("credentials");
    if (key.isEmpty()) {
      return Optional.empty();
    }
    if (source.isEmpty()) {
      diagnostics.add(
          model.removable(
              Diagnostic.of(
                  Code.SV5008,
                  model.at(CREDENTIALS),
                  "`credentials` has no effect: the model has no source"),
              CREDENTIALS));
      return Optional.empty();
    }
    String scheme = Sources.scheme(source.get());
    if (!WITH_SECRET.contains(scheme) || !mounts.isEmpty()) {
      diagnostics.add(
          model
              .removable(
                  Diagnostic.of(
                      Code.SV5012,
                      model.at(CREDENTIALS),
                      mounts.isEmpty()
                          ? "KServe's storage secret is for `s3:` and `hdfs:`, not for `"
                              + scheme
                              + ":`; `identity` names a service account with the secrets"
                          : "KServe's storage secret does not go with `mounts`; `identity` names a"
                              + " service account with the secrets"),
                  CREDENTIALS)
              .relating(model.at(FROM), "the source is set here"));
      return Optional.empty();
    }
    String rest = source.get().substring(scheme.length() + 1).replaceFirst("^//", "");
    int slash = rest.indexOf('/');
    return Optional.of(
        new Bucket(
            key.get(),
            scheme,
            slash < 0 ? rest : rest.substring(0, slash),
            slash < 0 ? "" : rest.substring(slash + 1)));
  }
}
