package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A secret that is written out. */
final class PlainSecret implements Rule {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(^|[_-])(token|password|passwd|secret|api_?key|private_?key|credentials?)$");

  private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

  /** What is shorter is no secret. */
  private static final int SHORTEST = 6;

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var declared = new ArrayList<Resource>();
    declared.addAll(program.declarations().models().values());
    declared.addAll(program.declarations().runtimes().values());
    declared.addAll(program.declarations().defaults());
    for (Resource each : declared) {
      sections(each.body(), program, findings);
    }
    for (Resource environment : program.declarations().environments().values()) {
      for (Entry entry : environment.body()) {
        if (entry instanceof Resource patch) {
          sections(patch.body(), program, findings);
        }
      }
    }
  }

  private static void sections(List<Entry> body, Subject program, Consumer<Diagnostic> findings) {
    for (Entry entry : body) {
      if (entry instanceof Entry.Section section) {
        boolean vars = section.path().getLast().text().equals("vars");
        for (Entry inner : section.block().entries()) {
          if (vars && inner instanceof Entry.Setting setting) {
            variable(setting, program, findings);
          }
        }
        sections(section.block().entries(), program, findings);
      }
    }
  }

  private static void variable(
      Entry.Setting setting, Subject program, Consumer<Diagnostic> findings) {
    Name name = setting.path().getFirst();
    boolean written =
        setting
            .value()
            .plainText()
            .filter(text -> text.length() >= SHORTEST && !text.startsWith("/"))
            .isPresent();
    if (written && SECRET.matcher(name.text()).find()) {
      var diagnostic =
          Diagnostic.of(
              Code.SV4018,
              setting.value().span(),
              "`" + name + "` looks like a secret, which everybody can read here");
      findings.accept(
          declared(name.text(), setting.value().span(), program)
              .map(diagnostic::fixedBy)
              .orElse(diagnostic));
    }
  }

  /** {@code HF_TOKEN} becomes the secret {@code hf-token}, of the key {@code hf/token}. */
  private static Optional<Fix> declared(String variable, Span value, Subject program) {
    Matcher parts = SECRET.matcher(variable);
    String name = variable.toLowerCase(Locale.ROOT).replace('_', '-');
    SourceFile file = value.file();
    boolean taken = program.declarations().params().containsKey(name);
    if (taken || !LABEL.matcher(name).matches() || !parts.find() || !file.text().endsWith("\n")) {
      return Optional.empty();
    }
    var edits = new ArrayList<Edit>();
    edits.add(new Edit(value, name));
    if (!program.declarations().secrets().containsKey(name)) {
      String key = name.substring(parts.start(2));
      String holder = parts.start(1) == 0 ? key : name.substring(0, parts.start(1));
      int end = file.text().length();
      edits.add(
          new Edit(
              new Span(file, end, end),
              "\nsecret " + name + " from \"kubernetes:" + holder + "/" + key + "\"\n"));
    }
    return Optional.of(
        new Fix("write `" + name + "`, a `secret` from Kubernetes", edits).suggested());
  }
}
