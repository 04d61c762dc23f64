package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;

/**
 * Names that KServe makes of a service's name, each one DNS label of 63 characters. In Knative mode
 * the longest is the Deployment {@code NAME-predictor-00001-deployment}; in Standard mode the host
 * {@code NAME-predictor-NAMESPACE}; a transformer's are longer (KServe v0.20, default domain
 * template).
 */
final class HostNames {
  private static final int LABEL = 63;

  /** What a Deployment's name adds to a component's in Knative mode. */
  private static final int REVISION = "-00001-deployment".length();

  private HostNames() {}

  static void check(
      String name,
      Span at,
      Mode mode,
      String namespace,
      boolean hasTransformer,
      Diagnostics diagnostics) {
    int component = (hasTransformer ? "-transformer" : "-predictor").length();
    int inKnative = LABEL - component - REVISION;
    int inStandard = LABEL - component - 1;
    if (name.length() > LABEL) {
      return; // the binder has said that this is no name
    }
    if (mode == Mode.KNATIVE && name.length() > inKnative) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV5002,
              at,
              "`"
                  + name
                  + "` has "
                  + name.length()
                  + " characters, in `knative` mode a name has at most "
                  + inKnative));
    }
    if (mode == Mode.STANDARD && name.length() + namespace.length() > inStandard) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV5002,
              at,
              "`"
                  + name
                  + "` and its namespace `"
                  + namespace
                  + "` have "
                  + (name.length() + namespace.length())
                  + " characters, in `standard` mode they have at most "
                  + inStandard));
    }
  }
}
