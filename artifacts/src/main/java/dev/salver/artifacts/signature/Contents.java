package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model's files during one inspection, with a bound on all that is read of them. */
final class Contents {
  private static final int MAX_FILES = 100_000;
  private static final long MAX_READ = 256L << 20;

  private final ModelFiles files;
  private final SortedMap<String, Long> sizes = new TreeMap<>();
  private long left = MAX_READ;

  private Contents(ModelFiles files) {
    this.files = files;
  }

  /** More had to be read than a signature is worth. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1;

    TooMuch() {
      super("more than " + (MAX_READ >> 20) + " MiB had to be read");
    }
  }

  static Contents of(ModelFiles files) throws IOException, Malformed {
    Contents contents = new Contents(files);
    for (ModelFiles.Entry entry : files.list()) {
      String name = entry.name();
      if (!isPlain(name)) {
        throw new Malformed("its name leads out of the model's folder", name, 0);
      }
      if (entry.size() < 0) {
        throw new Malformed("its size is not known", name, 0);
      }
      if (contents.sizes.put(name, entry.size()) != null) {
        throw new Malformed("two files have this name", name, 0);
      }
      if (contents.sizes.size() > MAX_FILES) {
        throw new Malformed("the model has more than " + MAX_FILES + " files", name, 0);
      }
    }
    return contents;
  }

  /** Whether a name stays below the folder that it is relative to. */
  static boolean isPlain(String name) {
    if (name.isEmpty() || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  Set<String> names() {
    return sizes.keySet();
  }

  boolean has(String name) {
    return sizes.containsKey(name);
  }

  /** In bytes; 0 where there is no such file. */
  long size(String name) {
    return sizes.getOrDefault(name, 0L);
  }

  Input open(String name) {
    return new Input(this, name, size(name));
  }

  /** As many bytes as the buffer takes or the file has. */
  int read(String name, long offset, ByteBuffer into) throws IOException {
    if (into.remaining() > left) {
      throw new TooMuch();
    }
    int read = files.read(name, offset, into);
    left -= read;
    return read;
  }

  /** A whole file of text in UTF-8. */
  String text(String name, int limit) throws IOException, Malformed {
    long size = size(name);
    if (size > limit) {
      throw new Malformed("it is " + size + " bytes long, where " + limit + " are read", name, 0);
    }
    byte[] bytes = open(name).take((int) size);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("it is not text in UTF-8", name, 0);
    }
  }
}
