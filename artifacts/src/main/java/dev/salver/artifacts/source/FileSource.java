package dev.salver.artifacts.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file or a folder on this machine. Hidden entries of a folder are left out (mounted volumes keep
 * their bookkeeping there); symbolic links are followed.
 */
record FileSource(Path path, Optional<String> digest) implements ModelSource {

  private static final int MAX_DEPTH = 32;

  @Override
  public Outcome<List<Entry>> list() {
    try {
      if (!Files.exists(path)) {
        return new Outcome.Failed<>(new Failure.Missing(path.toString()));
      }
      if (!Files.isDirectory(path)) {
        return new Outcome.Ok<>(
            List.of(new Entry(String.valueOf(path.getFileName()), Files.size(path))));
      }
      List<Entry> entries = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(path, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : walk.filter(Files::isRegularFile).filter(this::visible).toList()) {
          entries.add(
              new Entry(path.relativize(file).toString().replace('\\', '/'), Files.size(file)));
        }
      }
      entries.sort(Comparator.comparing(Entry::path));
      return entries.isEmpty()
          ? new Outcome.Failed<>(new Failure.Missing(path + " (an empty folder)"))
          : new Outcome.Ok<>(List.copyOf(entries));
    } catch (IOException | java.io.UncheckedIOException e) {
      return new Outcome.Failed<>(notReadable(path, e));
    }
  }

  @Override
  public Outcome<Fetched> fetch(Path folder, Limits limits) {
    return switch (list()) {
      case Outcome.Failed<List<Entry>>(var failure) -> new Outcome.Failed<>(failure);
      case Outcome.Ok<List<Entry>>(var entries) -> copy(entries, folder, limits);
    };
  }

  private Outcome<Fetched> copy(List<Entry> entries, Path folder, Limits limits) {
    if (entries.size() > limits.files()) {
      return new Outcome.Failed<>(
          new Failure.NotReadable(
              path.toString(), "it has more than " + limits.files() + " files"));
    }
    boolean single = !Files.isDirectory(path);
    try (Staging staging = new Staging(folder, limits)) {
      List<Entry> landed = new ArrayList<>();
      var whole = Staging.sha256();
      String sha256 = "";
      for (Entry entry : entries) {
        Path from = single ? path : path.resolve(entry.path());
        Staging.Landed file;
        try (InputStream in = open(from)) {
          file = staging.take(from.toString(), entry.path(), in);
        }
        landed.add(new Entry(entry.path(), file.size()));
        sha256 = file.sha256();
        whole.update((sha256 + "  " + entry.path() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String actual = single ? sha256 : HexFormat.of().formatHex(whole.digest());
      if (digest.isPresent() && !digest.get().equals(actual)) {
        return new Outcome.Failed<>(
            new Failure.DigestMismatch(path.toString(), digest.get(), actual));
      }
      staging.publish();
      return new Outcome.Ok<>(new Fetched(landed, actual));
    } catch (Staging.Stop e) {
      return new Outcome.Failed<>(e.failure());
    } catch (Staging.SourceBroken e) {
      return new Outcome.Failed<>(notReadable(path, e));
    } catch (IOException e) {
      return new Outcome.Failed<>(new Failure.NotWritable(folder.toString(), reason(e)));
    }
  }

  private static InputStream open(Path file) throws Staging.SourceBroken {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new Staging.SourceBroken(e);
    }
  }

  private boolean visible(Path file) {
    for (Path part : path.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static Failure notReadable(Path path, Exception e) {
    return new Failure.NotReadable(path.toString(), reason(e));
  }

  static String reason(Exception e) {
    Throwable t = e;
    while ((t instanceof Staging.SourceBroken || t instanceof java.io.UncheckedIOException)
        && t.getCause() != null) {
      t = t.getCause();
    }
    return switch (t) {
      case AccessDeniedException denied -> "permission denied (" + denied.getFile() + ")";
      case Throwable other when other.getMessage() == null -> other.getClass().getSimpleName();
      case Throwable other -> String.valueOf(other.getMessage());
    };
  }
}
