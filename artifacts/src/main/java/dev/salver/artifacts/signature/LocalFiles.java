package dev.salver.artifacts.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of this machine. Hidden entries of a folder are left out and symbolic links are followed,
 * as where they are fetched.
 */
record LocalFiles(Path path) implements ModelFiles {
  private static final int MAX_DEPTH = 32;

  @Override
  public List<Entry> list() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(new Entry(String.valueOf(path.getFileName()), Files.size(path)));
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(path, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(Files::isRegularFile).filter(this::visible).toList()) {
        entries.add(
            new Entry(path.relativize(file).toString().replace('\\', '/'), Files.size(file)));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  @Override
  public int read(String name, long offset, ByteBuffer into) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(name) : path;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(offset);
      int before = into.remaining();
      while (into.hasRemaining() && channel.read(into) >= 0) {}
      return before - into.remaining();
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
}
