package dev.salver.artifacts.source;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A place that has the files of one model. Calls block; each has a deadline. */
public sealed interface ModelSource extends AutoCloseable permits PlacedSource {

  /** Where it is, fit for logs and messages: no user, password or signature is in it. */
  String address();

  /** The files there, by relative path in the order of their names, hidden ones left out. */
  Outcome<List<Entry>> list();

  /**
   * Brings every file into a folder, which is made where needed. A file is seen there whole or not
   * at all; a digest in the address is checked before anything is seen.
   */
  Outcome<Fetched> fetch(Path folder, Limits limits, Progress progress);

  /** The same, unwatched. */
  default Outcome<Fetched> fetch(Path folder, Limits limits) {
    return fetch(folder, limits, Progress.NONE);
  }

  /**
   * What a fetch would bring, without keeping it. Every byte is read, but for files whose place
   * names them by their sha256 itself (a hub's large files, blobs of a registry): a fetch checks
   * those against it.
   */
  Outcome<Fetched> digest(Limits limits, Progress progress);

  /**
   * Bytes of a file from an offset on, as many as the buffer takes or the file has.
   *
   * @param path one that {@link #list} gave
   * @return how many came; 0 at the end of the file
   */
  Outcome<Integer> read(String path, long offset, ByteBuffer into);

  /** Removes what was put aside on this machine to answer. */
  @Override
  void close();

  /**
   * A file.
   *
   * @param path relative, with slashes
   * @param size in bytes, -1 where the place does not say
   */
  record Entry(String path, long size) {}

  /**
   * What came.
   *
   * @param sha256 in lower-case hexadecimal: of the file where the address is a file's; of the
   *     lines {@code SHA256␠␠PATH\n} of all files, sorted by the bytes of the path, where it is a
   *     folder's
   */
  record Fetched(List<Entry> files, String sha256) {
    public Fetched {
      files = List.copyOf(files);
    }

    /** Of all files. */
    public long bytes() {
      return files.stream().mapToLong(Entry::size).sum();
    }
  }

  /**
   * What a fetch may cost.
   *
   * @param bytes of all files
   * @param files how many
   * @param silence a connection that gives nothing for so long is given up
   * @param total the whole fetch
   */
  record Limits(long bytes, int files, Duration silence, Duration total) {
    /** 64 GiB in 10,000 files; 30 s of silence; 30 minutes. */
    public static final Limits DEFAULT =
        new Limits(64L << 30, 10_000, Duration.ofSeconds(30), Duration.ofMinutes(30));
  }
}
