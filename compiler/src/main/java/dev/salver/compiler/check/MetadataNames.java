package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import java.util.regex.Pattern;

/**
 * Keys and values that Kubernetes would refuse: labels, annotations, variables, service accounts
 * (Kubernetes' qualified names, label values, environment variable names and DNS subdomains), and
 * the variable that KServe's webhook refuses (KServe v0.20).
 */
final class MetadataNames {
  private static final int MAX = 63;
  private static final int MAX_SUBDOMAIN = 253;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern VARIABLE = Pattern.compile("[-._A-Za-z][-._A-Za-z0-9]*");

  private final Settings settings;
  private final Diagnostics diagnostics;

  private MetadataNames(Settings settings, Diagnostics diagnostics) {
    this.settings = settings;
    this.diagnostics = diagnostics;
  }

  static void check(Settings settings, Diagnostics diagnostics) {
    var names = new MetadataNames(settings, diagnostics);
    names.keys("labels", "label");
    names.keys("annotations", "annotation");
    names.labelValues();
    names.variables();
    settings
        .text("identity")
        .filter(name -> !isSubdomain(name))
        .ifPresent(
            name ->
                names.refuse(
                    names.value(Path.of("identity")),
                    "`identity` is a service account: lower-case letters, digits, `-` and `.`"));
  }

  private void keys(String map, String what) {
    for (Path path : settings.below(map).keySet()) {
      if (!isQualified(path.first())) {
        refuse(
            settings.at(Path.of(map).then(path)),
            "this "
                + what
                + "'s name is letters, digits, `-`, `_` and `.` between, at most 63, with an"
                + " optional `example.com/` before it");
      }
    }
  }

  private void labelValues() {
    settings
        .below("labels")
        .forEach(
            (path, value) -> {
              String text = Settings.text(value);
              if (!text.isEmpty() && (text.length() > MAX || !WORD.matcher(text).matches())) {
                refuse(
                    value(Path.of("labels").then(path)),
                    "a label's value is letters, digits, `-`, `_` and `.` between, at most 63;"
                        + " `annotations` take any text");
              }
            });
  }

  private void variables() {
    for (Path path : settings.below("vars").keySet()) {
      Span at = settings.at(Path.of("vars").then(path));
      if (path.first().equals("PYTHONPATH")) {
        diagnostics.add(
            settings.removable(
                Diagnostic.of(Code.SV2007, at, "KServe admits no variable `PYTHONPATH`"),
                Path.of("vars").then(path)));
      } else if (!VARIABLE.matcher(path.first()).matches()) {
        refuse(at, "a variable's name is letters, digits, `_`, `-` and `.`, no digit first");
      }
    }
  }

  private Span value(Path path) {
    return settings.leaf(path).map(leaf -> leaf.leaf().value().span()).orElse(settings.at(path));
  }

  private void refuse(Span at, String message) {
    diagnostics.add(Holes.hinted(Diagnostic.of(Code.SV2007, at, message), at));
  }

  private static boolean isQualified(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    return (slash < 0 || isSubdomain(key.substring(0, slash)))
        && name.length() <= MAX
        && WORD.matcher(name).matches();
  }

  private static boolean isSubdomain(String text) {
    return text.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matcher(text).matches();
  }
}
