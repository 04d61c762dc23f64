package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Unpacks the files below {@code models/} of an image's layers, the later over the earlier
 * (image-spec, "Image Layer Filesystem Changeset"). Nothing is written outside of the folder.
 */
final class Unpacking {
  private static final String MODELS = "models/";
  private static final String REMOVED = ".wh.";
  private static final String EMPTIED = ".wh..wh..opq";

  private final String shown;
  private final Path folder;
  private final Call call;
  private long bytes;
  private int files;

  Unpacking(String shown, Path folder, Call call) {
    this.shown = shown;
    this.folder = folder;
    this.call = call;
  }

  /** Takes in one layer, to the end of its archive. */
  void layer(InputStream in) throws IOException, Stop {
    var tar = new TarReader(in);
    try {
      for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarReader.Entry entry = next.get();
        String name = entry.name().replaceFirst("^(\\./|/)+", "");
        if (name.startsWith(MODELS) && name.length() > MODELS.length()) {
          take(name.substring(MODELS.length()), entry, tar);
        }
        call.check(shown);
      }
    } catch (TarReader.Malformed e) {
      throw refused("a layer is no sound archive: " + e.getMessage());
    }
  }

  private void take(String name, TarReader.Entry entry, TarReader tar) throws IOException, Stop {
    String path = name.replaceFirst("/+$", "");
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || file.equals(folder) || path.indexOf('\0') >= 0) {
      throw refused("it has a file outside itself, \"models/" + name + "\"");
    }
    String last = file.getFileName().toString();
    if (last.equals(EMPTIED)) {
      Staging.remove(file.resolve("..").normalize());
    } else if (last.startsWith(REMOVED)) {
      Staging.remove(file.resolveSibling(last.substring(REMOVED.length())));
    } else {
      switch (entry.kind()) {
        case FOLDER -> {
          if (Files.isRegularFile(file)) {
            Files.delete(file);
          }
          Files.createDirectories(file);
        }
        case FILE -> write(file, tar);
        case OTHER -> throw refused("\"models/" + name + "\" is a link or a device");
      }
    }
  }

  private void write(Path file, TarReader tar) throws IOException, Stop {
    files++;
    if (files > call.limits().files()) {
      throw refused("it has more than " + call.limits().files() + " files");
    }
    Staging.remove(file);
    Files.createDirectories(file.getParent());
    byte[] chunk = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = tar.read(chunk); n > 0; n = tar.read(chunk)) {
        bytes += n;
        call.progress().received(n);
        if (bytes > call.limits().bytes()) {
          throw new Stop(new Failure.TooLarge(shown, call.limits().bytes()));
        }
        call.check(shown);
        out.write(chunk, 0, n);
      }
    }
  }

  private Stop refused(String reason) {
    return new Stop(new Failure.NotReadable(shown, reason));
  }
}
