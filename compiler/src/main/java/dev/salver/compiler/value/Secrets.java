package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code kubernetes:SECRET/KEY}, and {@code kubernetes:SECRET} for whatever key is asked for. */
final class Secrets {
  private static final String SCHEME = "kubernetes:";

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

  /** A secret where none may stand. */
  static Diagnostic misused(Value.Secret secret, Span at, String how) {
    return Diagnostic.of(Code.SV1013, at, "the secret `" + secret.name() + "` " + how)
        .relating(secret.declared(), "it is declared here");
  }
}
