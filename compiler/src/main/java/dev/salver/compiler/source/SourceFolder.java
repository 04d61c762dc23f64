package dev.salver.compiler.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The {@code .serve} files of one program, sorted by path.
 *
 * @param files readable sources
 * @param unreadable files that are no text or over the limit, with the reason
 * @param lock {@code serve.lock}, where there is one
 * @param shouldBeLocked whether the absence of a lock is worth a word: the program lies in a folder
 *     where one could be
 */
public record SourceFolder(
    List<SourceFile> files,
    List<Unreadable> unreadable,
    Optional<SourceFile> lock,
    boolean shouldBeLocked) {
  /** The lock's name, beside the project's file. */
  public static final String LOCK = "serve.lock";

  /** Bytes that a lock may have. */
  public static final int MAX_LOCK_BYTES = 8 * 1024 * 1024;

  /** Bytes that one source may have. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_DEPTH = 32;
  private static final String SUFFIX = ".serve";

  /** Why a file is not read. */
  public enum Reason {
    TOO_LARGE,
    NOT_UTF8
  }

  /** A file that is left out; {@code file} has an empty text. */
  public record Unreadable(SourceFile file, Reason reason) {}

  public SourceFolder {
    files = files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
    unreadable = List.copyOf(unreadable);
  }

  /** Sources without a lock. */
  public SourceFolder(List<SourceFile> files, List<Unreadable> unreadable) {
    this(files, unreadable, Optional.empty(), false);
  }

  /** The same sources with another lock. */
  public SourceFolder withLock(String text) {
    return new SourceFolder(files, unreadable, Optional.of(SourceFile.of(LOCK, text)), true);
  }

  /**
   * {@code sha256:…} over the sources: for each file in the order of paths, its path, a zero byte
   * and the SHA-256 of its bytes. It tells whether an imported project is the one that was pinned.
   */
  public String digest() {
    MessageDigest all = sha256();
    for (SourceFile file : files) {
      all.update(file.path().getBytes(StandardCharsets.UTF_8));
      all.update((byte) 0);
      all.update(sha256().digest(file.text().getBytes(StandardCharsets.UTF_8)));
    }
    return "sha256:" + HexFormat.of().formatHex(all.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A program from texts by path relative to the project, for tests and editors. */
  public static SourceFolder of(Map<String, String> texts) {
    var files = new ArrayList<SourceFile>();
    var unreadable = new ArrayList<Unreadable>();
    var lock = Optional.ofNullable(texts.get(LOCK)).map(text -> SourceFile.of(LOCK, text));
    new TreeMap<>(texts)
        .forEach(
            (path, text) -> {
              if (path.equals(LOCK)) {
                return;
              }
              if (text.length() > MAX_BYTES) {
                unreadable.add(new Unreadable(SourceFile.of(path, ""), Reason.TOO_LARGE));
              } else {
                files.add(SourceFile.of(path, text));
              }
            });
    return new SourceFolder(files, unreadable, lock, false);
  }

  /**
   * Reads the project in a folder: every {@code .serve} file below it but those under hidden
   * folders, {@code target}, and nested folders with a {@code project.serve} of their own. Symbolic
   * links are not followed.
   *
   * @throws IOException when the folder or a file in it cannot be read
   */
  public static SourceFolder read(Path folder) throws IOException {
    var paths = new TreeMap<String, Path>();
    collect(folder, folder, 0, paths);
    SourceFolder sources = read(paths);
    var unreadable = new ArrayList<>(sources.unreadable());
    var lock = new ArrayList<SourceFile>();
    Path locked = folder.resolve(LOCK);
    if (Files.isRegularFile(locked)) {
      load(LOCK, locked, MAX_LOCK_BYTES, lock, unreadable);
    }
    return new SourceFolder(sources.files(), unreadable, lock.stream().findFirst(), true);
  }

  /**
   * Reads files by the paths that they are to have; there is no lock beside them.
   *
   * @throws IOException when one cannot be read
   */
  public static SourceFolder read(SortedMap<String, Path> paths) throws IOException {
    var files = new ArrayList<SourceFile>();
    var unreadable = new ArrayList<Unreadable>();
    for (var entry : paths.entrySet()) {
      load(entry.getKey(), entry.getValue(), MAX_BYTES, files, unreadable);
    }
    return new SourceFolder(files, unreadable);
  }

  private static void collect(Path root, Path folder, int depth, Map<String, Path> into)
      throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.toList();
    }
    if (depth > 0 && Files.isRegularFile(folder.resolve("project.serve"))) {
      return;
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        if (depth < MAX_DEPTH && !name.equals("target")) {
          collect(root, child, depth + 1, into);
        }
      } else if (name.endsWith(SUFFIX) && Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        into.put(root.relativize(child).toString().replace('\\', '/'), child);
      }
    }
  }

  private static void load(
      String path, Path at, int most, List<SourceFile> files, List<Unreadable> unreadable)
      throws IOException {
    if (Files.size(at) > most) {
      unreadable.add(new Unreadable(SourceFile.of(path, ""), Reason.TOO_LARGE));
      return;
    }
    byte[] bytes = Files.readAllBytes(at);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      files.add(SourceFile.of(path, text));
    } catch (CharacterCodingException e) {
      unreadable.add(new Unreadable(SourceFile.of(path, ""), Reason.NOT_UTF8));
    }
  }
}
