package dev.salver.compiler.lock;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.lock.Lock.Artifact;
import dev.salver.compiler.lock.Lock.Import;
import dev.salver.compiler.lock.Words.Unreadable;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads {@code serve.lock}. Lines may stand in any order, as a merge leaves them; what can't be
 * read is told, and the rest holds.
 */
public final class LockReader {
  private static final int MAX_TOLD = 20;

  private final SourceFile file;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, Artifact> artifacts = new TreeMap<>();
  private final Map<String, Import> imports = new TreeMap<>();
  private final Map<String, Span> places = new HashMap<>();
  private final SortedSet<String> contested = new TreeSet<>();
  private boolean unreadable;
  private boolean versioned;
  private boolean inConflict;

  private LockReader(SourceFile file) {
    this.file = file;
  }

  /**
   * What a lock says.
   *
   * @param contested sources that two lines pin differently, as a merge can leave them; the first
   *     line holds
   * @param places the line of each source
   * @param isReadable whether every line was understood; conflict markers and contested sources do
   *     not count, for locking again settles them
   */
  public record Result(
      Lock lock,
      SortedSet<String> contested,
      Map<String, Span> places,
      boolean isReadable,
      List<Diagnostic> diagnostics) {
    public Result {
      places = Map.copyOf(places);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  public static Result read(SourceFile file) {
    var reader = new LockReader(file);
    reader.lines();
    return new Result(
        new Lock(new TreeMap<>(reader.artifacts), new TreeMap<>(reader.imports)),
        reader.contested,
        reader.places,
        !reader.unreadable,
        reader.diagnostics);
  }

  private void lines() {
    var lines = file.lines();
    for (int i = 0; i < lines.count(); i++) {
      String line = file.line(i + 1);
      if (!line.isBlank() && !line.startsWith("//") && !line(line, i)) {
        return;
      }
    }
    if (!versioned && !(artifacts.isEmpty() && imports.isEmpty())) {
      unreadable = true;
      diagnostics.add(
          Diagnostic.of(
                  Code.SV7022,
                  new Span(file, 0, 0),
                  "`serve.lock` does not begin with `" + LockWriter.FIRST + "`")
              .fixedBy(
                  Fix.insert("add `" + LockWriter.FIRST + "`", file, 0, LockWriter.FIRST + "\n")));
    }
  }

  /** Whether to go on. */
  private boolean line(String line, int number) {
    int start = file.lines().start(number);
    if (Conflict.marks(line)) {
      if (Conflict.begins(line) || !inConflict) {
        var diagnostic =
            Diagnostic.of(
                Code.SV7021,
                new Span(file, start, start + line.length()),
                "`serve.lock` has an unresolved merge conflict; `salver lock` settles it");
        diagnostics.add(Conflict.settled(file, number).map(diagnostic::fixedBy).orElse(diagnostic));
      }
      inConflict = !Conflict.ends(line);
      return diagnostics.size() < MAX_TOLD;
    }
    if (line.startsWith("serve.lock ")) {
      return version(line, start);
    }
    var whole = new Span(file, start, Conflict.end(file, number));
    try {
      entry(line, whole);
    } catch (Unreadable e) {
      unreadable = true;
      int at = start + Math.min(e.offset(), line.length());
      diagnostics.add(
          Diagnostic.of(
                  Code.SV7022,
                  new Span(file, at, Math.min(at + 1, start + line.length())),
                  "this line of `serve.lock` can't be read, here it needs " + e.expected())
              .fixedBy(Fix.delete("remove the line", whole).suggested()));
    }
    return diagnostics.size() < MAX_TOLD;
  }

  private boolean version(String line, int start) {
    versioned = true;
    if (line.strip().equals(LockWriter.FIRST)) {
      return true;
    }
    unreadable = true;
    diagnostics.add(
        Diagnostic.of(
            Code.SV7024,
            new Span(file, start, start + line.length()),
            "this `serve.lock` is of another form than this Salver reads, " + LockWriter.VERSION));
    return false;
  }

  private void entry(String line, Span whole) throws Unreadable {
    var words = new Words(line);
    String kind = words.name().orElse("");
    boolean artifact = kind.equals("artifact");
    if (!artifact && !kind.equals("import")) {
      throw new Unreadable(0, "`artifact` or `import`");
    }
    String source = words.text("a source in quotes");
    String digest = digest(words);
    boolean first;
    boolean equal;
    if (artifact) {
      Artifact read = artifact(words, digest);
      Artifact before = artifacts.putIfAbsent(source, read);
      first = before == null;
      equal = read.equals(before);
    } else {
      Import read = imported(words, digest);
      Import before = imports.putIfAbsent(source, read);
      first = before == null;
      equal = read.equals(before);
    }
    var span = new Span(file, whole.start(), whole.start() + line.length());
    place(source, span, whole, first, equal);
  }

  private void place(String source, Span line, Span whole, boolean first, boolean equal) {
    Span before = places.putIfAbsent(source, line);
    if (first || equal) {
      return;
    }
    contested.add(source);
    if (!inConflict && before != null) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV7023,
                  line,
                  "`" + source + "` is pinned twice; `salver lock` settles which one holds")
              .relating(before, "and differently here")
              .fixedBy(Fix.delete("keep the first", whole).suggested())
              .fixedBy(
                  new Fix(
                          "keep the second",
                          List.of(new Edit(before, line.text()), new Edit(whole, "")))
                      .suggested()));
    }
  }

  private static String digest(Words words) throws Unreadable {
    words.need("sha256:");
    int start = words.offset();
    String hex = words.bare("a digest");
    boolean fits =
        hex.length() == 64
            && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!fits) {
      throw new Unreadable(start, "64 hexadecimal digits");
    }
    return "sha256:" + hex;
  }

  private static Artifact artifact(Words words, String digest) throws Unreadable {
    need(words, "bytes");
    long bytes = words.number("a number of bytes");
    Optional<String> format = Optional.empty();
    Optional<Long> weights = Optional.empty();
    Optional<Signature> signature = Optional.empty();
    boolean lowerable = false;
    while (!words.isDone()) {
      if (words.take(":")) {
        signature = Optional.of(SignatureText.read(words));
        break;
      }
      int start = words.offset();
      switch (words.name().orElse("")) {
        case "format" -> format = Optional.of(words.nameOrQuoted("a format"));
        case "weights" -> weights = Optional.of(words.number("a number of bytes"));
        case "lowerable" -> lowerable = true;
        default ->
            throw new Unreadable(start, "`format`, `weights`, `lowerable` or `:` and a signature");
      }
    }
    end(words);
    return new Artifact(digest, bytes, format, signature, weights, lowerable);
  }

  private static Import imported(Words words, String digest) throws Unreadable {
    Optional<String> revision = Optional.empty();
    if (!words.isDone()) {
      need(words, "revision");
      revision = Optional.of(words.bare("a commit"));
    }
    end(words);
    return new Import(revision, digest);
  }

  private static void need(Words words, String word) throws Unreadable {
    int start = words.offset();
    if (!words.name().orElse("").equals(word)) {
      throw new Unreadable(start, "`" + word + "`");
    }
  }

  private static void end(Words words) throws Unreadable {
    if (!words.isDone()) {
      throw words.expected("the end of the line");
    }
  }
}
