package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A read-only view of a model's files, wherever they lie. A single file is a list of one. */
public interface ModelFiles {
  /** The files there, sorted by name. */
  List<Entry> list() throws IOException;

  /**
   * Bytes of a file from an offset on, as many as the buffer takes or the file has.
   *
   * @param name one that {@link #list} gave
   * @return how many came; 0 only at the end of the file or for a full buffer
   */
  int read(String name, long offset, ByteBuffer into) throws IOException;

  /** A file or folder on this machine. */
  static ModelFiles at(Path path) {
    return new LocalFiles(path);
  }

  /**
   * A file.
   *
   * @param name relative, with slashes
   * @param size in bytes
   */
  record Entry(String name, long size) {}
}
