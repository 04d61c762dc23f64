package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Place.Item;
import dev.salver.artifacts.source.Place.Listing;
import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all places have in common.
 *
 * <p>Safe for use by one thread at a time.
 */
final class PlacedSource implements ModelSource {
  private final Place place;
  private final Optional<String> digest;
  private final Surroundings surroundings;
  private @Nullable Listing listed;

  /**
   * @param digest that the content must have, in hexadecimal
   */
  PlacedSource(Place place, Optional<String> digest, Surroundings surroundings) {
    this.place = place;
    this.digest = digest;
    this.surroundings = surroundings;
  }

  @Override
  public String address() {
    return place.shown();
  }

  /** A call that may stop with a reason or break. */
  @FunctionalInterface
  private interface Work<T> {
    T run(Call call) throws IOException, Stop;
  }

  private <T> Outcome<T> attempt(Limits limits, Progress progress, Work<T> work) {
    try {
      return new Outcome.Ok<>(work.run(new Call(limits, progress, surroundings)));
    } catch (Stop e) {
      return new Outcome.Failed<>(e.failure());
    } catch (IOException e) {
      return new Outcome.Failed<>(new Failure.NotReadable(address(), Web.reason(e, host())));
    }
  }

  private String host() {
    String shown = address();
    int from = shown.indexOf("://");
    int to = from < 0 ? -1 : shown.indexOf('/', from + 3);
    return from < 0 ? "this machine" : shown.substring(from + 3, to < 0 ? shown.length() : to);
  }

  private Listing listed(Call call) throws IOException, Stop {
    Listing known = listed;
    if (known == null) {
      known = FileNames.taken(address(), place.files(call), call.limits());
      listed = known;
    }
    return known;
  }

  @Override
  public Outcome<List<Entry>> list() {
    return attempt(
        Limits.DEFAULT,
        Progress.NONE,
        call ->
            listed(call).items().stream()
                .map(item -> new Entry(item.path(), item.size()))
                .toList());
  }

  @Override
  public Outcome<Integer> read(String path, long offset, ByteBuffer into) {
    return attempt(
        Limits.DEFAULT,
        Progress.NONE,
        call -> {
          Item item = named(path, call);
          int wanted = into.remaining();
          if (wanted == 0 || (item.size() >= 0 && offset >= item.size())) {
            return 0;
          }
          long length = item.size() < 0 ? wanted : Math.min(wanted, item.size() - offset);
          try (InputStream in = new Resuming(place, item, offset, length, call)) {
            byte[] bytes = in.readNBytes((int) length);
            into.put(bytes);
            return bytes.length;
          }
        });
  }

  private Item named(String path, Call call) throws IOException, Stop {
    for (Item item : listed(call).items()) {
      if (item.path().equals(path)) {
        return item;
      }
    }
    throw new Stop(new Failure.Missing(address() + "/" + path));
  }

  @Override
  public Outcome<Fetched> digest(Limits limits, Progress progress) {
    return attempt(
        limits,
        progress,
        call -> {
          Listing listing = listed(call);
          announce(listing, call);
          var folder = new FolderDigest(listing.isSingle());
          var budget = new long[] {0};
          for (Item item : listing.items()) {
            if (item.sha256().isPresent()) {
              folder.add(item.path(), item.size(), item.sha256().get());
            } else {
              stream(item, folder, budget, call);
            }
          }
          return checked(folder);
        });
  }

  private void announce(Listing listing, Call call) throws Stop {
    long bytes = 0;
    for (Item item : listing.items()) {
      bytes += Math.max(0, item.size());
    }
    if (bytes > call.limits().bytes()) {
      throw new Stop(new Failure.TooLarge(address(), call.limits().bytes()));
    }
    call.progress()
        .expected(
            listing.items().stream()
                .filter(item -> item.sha256().isEmpty())
                .mapToLong(item -> Math.max(0, item.size()))
                .sum());
  }

  private void stream(Item item, FolderDigest folder, long[] budget, Call call)
      throws IOException, Stop {
    var sha256 = Staging.sha256();
    byte[] chunk = new byte[64 << 10];
    long size = 0;
    try (InputStream in = new Resuming(place, item, 0, -1, call)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sha256.update(chunk, 0, n);
        size += n;
        budget[0] += n;
        if (budget[0] > call.limits().bytes()) {
          throw new Stop(new Failure.TooLarge(address(), call.limits().bytes()));
        }
        call.check(address());
      }
    } catch (Staging.Stopped e) {
      throw e.stop();
    }
    folder.add(item.path(), size, HexFormat.of().formatHex(sha256.digest()));
  }

  private Fetched checked(FolderDigest folder) throws Stop {
    String actual = folder.sha256();
    if (digest.isPresent() && !digest.get().equals(actual)) {
      throw new Stop(new Failure.DigestMismatch(address(), digest.get(), actual));
    }
    return new Fetched(folder.entries, actual);
  }

  @Override
  public Outcome<Fetched> fetch(Path target, Limits limits, Progress progress) {
    return attempt(
        limits,
        progress,
        call -> {
          Listing listing = FileNames.taken(address(), place.wanted(call), limits);
          announce(listing, call);
          return stage(listing, target, call);
        });
  }

  private Fetched stage(Listing listing, Path target, Call call) throws IOException, Stop {
    try (Staging staging = new Staging(target, call)) {
      var folder = new FolderDigest(listing.isSingle());
      for (Item item : listing.items()) {
        Staging.Landed landed;
        try (InputStream in = new Resuming(place, item, 0, -1, call)) {
          landed = staging.take(address(), item.path(), in);
        }
        if (item.sha256().isPresent() && !item.sha256().get().equals(landed.sha256())) {
          throw new Stop(
              new Failure.DigestMismatch(
                  address() + " (" + item.path() + ")", item.sha256().get(), landed.sha256()));
        }
        folder.add(item.path(), landed.size(), landed.sha256());
      }
      Fetched fetched = checked(folder);
      staging.publish();
      return fetched;
    } catch (Staging.Stopped e) {
      throw e.stop();
    } catch (Staging.SourceBroken e) {
      throw e;
    } catch (IOException e) {
      throw new Stop(new Failure.NotWritable(target.toString(), FileSystem.reason(e)));
    }
  }

  @Override
  public void close() {
    place.close();
  }

  /** The digest of one file, or of the names and digests of a folder's. */
  private static final class FolderDigest {
    private final boolean single;
    private final StringBuilder lines = new StringBuilder();
    private final List<Entry> entries = new ArrayList<>();
    private String last = "";

    FolderDigest(boolean single) {
      this.single = single;
    }

    void add(String path, long size, String sha256) {
      lines.append(sha256).append("  ").append(path).append('\n');
      entries.add(new Entry(path, size));
      last = sha256;
    }

    String sha256() {
      return single
          ? last
          : HexFormat.of()
              .formatHex(
                  Staging.sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }
}
