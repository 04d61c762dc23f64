package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code kubernetes:SECRET/KEY}, and {@code kubernetes:SECRET} for whatever key is asked for. */
final class Secrets {
  private static final String SCHEME = "kubernetes:";

  /** What the scheme is called elsewhere. */
  private static final Set<String> OTHER_NAMES = Set.of("k8s:", "k8s-secret:", "secret:");

  private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

  /** A DNS subdomain. */
  private static final Pattern OBJECT =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

  private Secrets() {}

  /** Empty where a text names no secret of the cluster. */
  static Optional<Value> read(String name, Span declared, String source) {
    if (!source.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String path = source.substring(SCHEME.length());
    int slash = path.indexOf('/');
    String object = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    boolean valid =
        object.length() <= 253
            && OBJECT.matcher(object).matches()
            && (slash < 0 || KEY.matcher(key).matches());
    return valid ? Optional.of(new Value.Secret(name, declared, object, key)) : Optional.empty();
  }

  /**
   * What was meant by a source that is none, both in quotes: with its scheme, spelt right, and the
   * Secret's name in small letters, which every name in Kubernetes is in.
   */
  static Optional<String> meant(String quoted) {
    String text = quoted.substring(1, Math.max(1, quoted.length() - 1));
    int colon = text.indexOf(':');
    String scheme = text.substring(0, colon + 1);
    boolean near =
        scheme.isEmpty()
            || SCHEME.equals(scheme)
            || Spelling.nearest(scheme, List.of(SCHEME)).isPresent()
            || OTHER_NAMES.contains(scheme);
    String path = LEADING_SLASHES.matcher(text.substring(colon + 1)).replaceFirst("");
    int slash = path.indexOf('/');
    if (!near || (scheme.isEmpty() && slash < 0)) {
      return Optional.empty();
    }
    String object = slash < 0 ? path : path.substring(0, slash);
    String meant =
        SCHEME + object.toLowerCase(Locale.ROOT) + (slash < 0 ? "" : path.substring(slash));
    return OBJECT.matcher(object.toLowerCase(Locale.ROOT)).matches()
            && (slash < 0 || KEY.matcher(path.substring(slash + 1)).matches())
        ? Optional.of("\"" + meant + "\"")
        : Optional.empty();
  }

  /** A secret where none may stand. */
  static Diagnostic misused(Value.Secret secret, Span at, String how) {
    return Diagnostic.of(Code.SV1013, at, "the secret `" + secret.name() + "` " + how)
        .relating(secret.declared(), "it is declared here");
  }
}
