package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file or a folder on this machine; symbolic links are followed. */
record FileSystem(Path path) implements Place {
  private static final int MAX_DEPTH = 32;

  @Override
  public String shown() {
    return path.toString();
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    if (!Files.exists(path)) {
      throw new Stop(new Failure.Missing(shown()));
    }
    if (!Files.isDirectory(path)) {
      return new Listing(List.of(item(String.valueOf(path.getFileName()), path)), true);
    }
    List<Item> items = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(path, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        items.add(item(path.relativize(file).toString().replace('\\', '/'), file));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Listing(items, false);
  }

  private static Item item(String name, Path file) throws IOException {
    return new Item(name, Files.size(file), file.toString(), Optional.empty(), Optional.empty());
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException {
    var channel = Files.newByteChannel(Path.of(item.key()));
    try {
      channel.position(offset);
      InputStream in = Channels.newInputStream(channel);
      return new Body(in, -1, Optional.empty());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What an exception of the disk or the network says to people. */
  static String reason(Exception e) {
    Throwable t = e;
    while ((t instanceof Staging.SourceBroken || t instanceof UncheckedIOException)
        && t.getCause() != null) {
      t = t.getCause();
    }
    return switch (t) {
      case AccessDeniedException denied -> "permission denied (" + denied.getFile() + ")";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case Throwable other when other.getMessage() == null -> other.getClass().getSimpleName();
      case Throwable other -> String.valueOf(other.getMessage());
    };
  }
}
