package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What each kind of place does in its own way: say what is there, and give a piece of it. Names,
 * limits, digests, retries and staging are the same for all, see {@link PlacedSource}.
 */
interface Place extends AutoCloseable {
  /** Fit for messages. */
  String shown();

  /** Every file, with its size. */
  Listing files(Call call) throws IOException, Stop;

  /** The same for a whole fetch, where sizes may be left out (-1) if asking costs a round trip. */
  default Listing wanted(Call call) throws IOException, Stop {
    return files(call);
  }

  /**
   * The bytes of a file.
   *
   * @param length how many are wanted at most, -1 for all from the offset on
   */
  Body open(Item item, long offset, long length, Call call) throws IOException, Stop;

  @Override
  default void close() {}

  /**
   * @param isSingle whether the address names a file, not a folder
   */
  record Listing(List<Item> items, boolean isSingle) {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * A file.
   *
   * @param path relative, with slashes; not yet checked
   * @param size -1 where it is not known
   * @param key how the place itself names it
   * @param tag changes when the content does; pieces are asked for under it
   * @param sha256 where the place itself names the content by it
   */
  record Item(String path, long size, String key, Optional<String> tag, Optional<String> sha256) {}

  /**
   * A stream of bytes.
   *
   * @param size how many will come, -1 where it is not said
   * @param tag of the content that is sent, where the place says
   */
  record Body(InputStream in, long size, Optional<String> tag) {}
}
