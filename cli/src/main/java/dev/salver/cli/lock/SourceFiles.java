package dev.salver.cli.lock;

import dev.salver.artifacts.signature.ModelFiles;
import dev.salver.artifacts.source.ModelSource;
import dev.salver.artifacts.source.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's files where they lie, read in blocks: a reader of headers takes a few bytes at a time,
 * and each block is a request.
 */
final class SourceFiles implements ModelFiles {
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 64;

  private final ModelSource source;
  private final Map<Key, byte[]> blocks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
          return size() > BLOCKS;
        }
      };

  private record Key(String name, long block) {}

  SourceFiles(ModelSource source) {
    this.source = source;
  }

  @Override
  public List<Entry> list() throws IOException {
    var files = got(source.list());
    for (var file : files) {
      if (file.size() < 0) {
        throw new IOException(source.address() + " does not say how large it is");
      }
    }
    return files.stream().map(file -> new Entry(file.path(), file.size())).toList();
  }

  @Override
  public int read(String name, long offset, ByteBuffer into) throws IOException {
    int read = 0;
    while (into.hasRemaining()) {
      byte[] block = block(new Key(name, (offset + read) / BLOCK));
      int from = (int) ((offset + read) % BLOCK);
      int length = Math.min(into.remaining(), block.length - from);
      if (length <= 0) {
        break;
      }
      into.put(block, from, length);
      read += length;
    }
    return read;
  }

  private byte[] block(Key key) throws IOException {
    byte[] known = blocks.get(key);
    if (known == null) {
      var buffer = ByteBuffer.allocate(BLOCK);
      got(source.read(key.name(), key.block() * BLOCK, buffer));
      known = new byte[buffer.position()];
      buffer.flip().get(known);
      blocks.put(key, known);
    }
    return known;
  }

  private static <T> T got(Outcome<T> outcome) throws IOException {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new IOException(failure.message());
    };
  }
}
