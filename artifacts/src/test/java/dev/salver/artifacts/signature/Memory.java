package dev.salver.artifacts.signature;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files in memory, which count what is read of them. */
final class Memory implements ModelFiles {
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private long read;

  Memory(String name, byte[] bytes) {
    this(Map.of(name, bytes));
  }

  Memory(Map<String, byte[]> files) {
    this.files.putAll(files);
  }

  long read() {
    return read;
  }

  @Override
  public List<Entry> list() {
    return files.entrySet().stream()
        .map(file -> new Entry(file.getKey(), file.getValue().length))
        .toList();
  }

  @Override
  public int read(String name, long offset, ByteBuffer into) {
    byte[] bytes = files.getOrDefault(name, new byte[0]);
    int n = (int) Math.min(into.remaining(), bytes.length - offset);
    into.put(bytes, (int) offset, n);
    read += n;
    return n;
  }
}
