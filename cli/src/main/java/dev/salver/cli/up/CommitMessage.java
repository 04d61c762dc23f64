package dev.salver.cli.up;

import dev.salver.compiler.Output;
import dev.salver.git.BareRepository;
import dev.salver.git.FilesResult;
import dev.salver.git.Limits;
import dev.salver.git.TreeResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a commit says: which manifests it adds, changes and removes. */
final class CommitMessage {
  private static final int SUBJECT_NAMES = 4;

  private CommitMessage() {}

  static String of(BareRepository repository, String environment, Output output) {
    Map<String, byte[]> before = before(repository, environment);
    var added = new ArrayList<String>();
    var changed = new ArrayList<String>();
    var removed = new ArrayList<String>();
    var names = new TreeSet<>(before.keySet());
    names.addAll(output.files().keySet());
    for (String name : names) {
      byte[] old = before.get(name);
      byte[] now = output.files().get(name);
      if (name.endsWith(".json")) {
        continue;
      }
      if (old == null) {
        added.add(name);
      } else if (now == null) {
        removed.add(name);
      } else if (!Arrays.equals(old, now)) {
        changed.add(name);
      }
    }
    var body = new StringBuilder();
    list(body, "add", added);
    list(body, "change", changed);
    list(body, "remove", removed);
    return environment + ": " + subject(added, changed, removed) + "\n\n" + body;
  }

  private static String subject(List<String> added, List<String> changed, List<String> removed) {
    var parts = new ArrayList<String>();
    name(parts, "add", added);
    name(parts, "change", changed);
    name(parts, "remove", removed);
    return parts.isEmpty() ? "move source lines" : String.join("; ", parts);
  }

  private static void name(List<String> parts, String verb, List<String> files) {
    if (files.isEmpty()) {
      return;
    }
    List<String> names =
        files.stream()
            .limit(SUBJECT_NAMES)
            .map(file -> file.substring(file.indexOf('-') + 1).replace(".yaml", ""))
            .toList();
    String more =
        files.size() > SUBJECT_NAMES ? " and " + (files.size() - SUBJECT_NAMES) + " more" : "";
    parts.add(verb + " " + String.join(", ", names) + more);
  }

  private static void list(StringBuilder body, String verb, List<String> files) {
    files.forEach(file -> body.append(verb).append(' ').append(file).append('\n'));
  }

  private static Map<String, byte[]> before(BareRepository repository, String environment) {
    Optional<String> head = repository.head(Release.BRANCH);
    if (head.isPresent()
        && repository.tree(head.get(), environment, Limits.DEFAULT) instanceof TreeResult.Tree tree
        && repository.files(tree, (path, entry) -> true) instanceof FilesResult.Files files) {
      return files.content();
    }
    return Map.of();
  }
}
