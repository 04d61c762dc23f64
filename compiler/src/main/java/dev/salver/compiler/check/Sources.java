package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where artifacts come from, and what their names say about them. */
final class Sources {
  private static final List<String> FETCHED =
      List.of("file", "http", "https", "s3", "gs", "az", "hf", "oci", "git", "pvc", "hdfs");
  private static final List<String> ELSEWHERE = List.of("service", "endpoint");

  /** Names of Kubernetes' services and namespaces, which are DNS labels. */
  private static final Pattern SERVICE =
      Pattern.compile(
          "service:([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/)?[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  private Sources() {}

  /** Empty without a colon. */
  static String scheme(String source) {
    int colon = source.indexOf(':');
    return colon < 0 ? "" : source.substring(0, colon);
  }

  static boolean isLocal(String source) {
    return scheme(source).equals("file");
  }

  /** Whether the model runs outside of the cluster's models and is only called. */
  static boolean isElsewhere(String source) {
    return ELSEWHERE.contains(scheme(source));
  }

  static boolean check(String source, Span at, Diagnostics diagnostics) {
    String scheme = scheme(source);
    boolean known = FETCHED.contains(scheme) || ELSEWHERE.contains(scheme);
    if (!known || source.length() == scheme.length() + 1) {
      var diagnostic =
          Diagnostic.of(
              Code.SV5009,
              at,
              known
                  ? "the source `" + source + "` names nothing"
                  : scheme.isEmpty()
                      ? "the source has no scheme, such as `file:` or `s3:`"
                      : "no source is fetched with `" + scheme + ":`");
      diagnostics.add(
          known || scheme.isEmpty() || !at.text().startsWith("\"" + scheme + ":")
              ? diagnostic
              : meant(scheme)
                  .map(
                      near ->
                          diagnostic.fixedBy(
                              Fix.replace(
                                  new Span(
                                      at.file(), at.start() + 1, at.start() + 1 + scheme.length()),
                                  near)))
                  .orElse(diagnostic));
      return false;
    }
    if (scheme.equals("service") && !SERVICE.matcher(source).matches()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV5009,
              at,
              "the source `"
                  + source
                  + "` is no service: `service:NAME` or"
                  + " `service:NAMESPACE/NAME`, of lower-case letters, digits and `-`"));
      return false;
    }
    return true;
  }

  private static Optional<String> meant(String scheme) {
    return Spelling.nearest(scheme, Stream.concat(FETCHED.stream(), ELSEWHERE.stream()).toList());
  }

  /** The format that a source's name tells. */
  static Optional<String> format(String source) {
    if (scheme(source).equals("hf")) {
      return Optional.of("huggingface");
    }
    String path = source;
    int query = path.indexOf('?');
    if (query >= 0) {
      path = path.substring(0, query);
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "onnx" -> Optional.of("onnx");
      case "joblib", "pkl", "pickle" -> Optional.of("sklearn");
      case "bst", "ubj", "xgb" -> Optional.of("xgboost");
      case "pmml" -> Optional.of("pmml");
      case "pt", "pth", "mar", "torchscript" -> Optional.of("pytorch");
      case "pb", "savedmodel" -> Optional.of("tensorflow");
      case "plan", "engine" -> Optional.of("tensorrt");
      case "pdmodel" -> Optional.of("paddle");
      default -> Optional.empty();
    };
  }
}
