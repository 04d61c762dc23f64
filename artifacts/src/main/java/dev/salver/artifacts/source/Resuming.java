package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Place.Body;
import dev.salver.artifacts.source.Place.Item;
import dev.salver.artifacts.source.Staging.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file. A connection that breaks is taken up again where it broke, if the place says
 * by a tag that the content is still the same; a body that ends early is told as that.
 */
final class Resuming extends InputStream {
  private final Place place;
  private final Call call;
  private final long end;
  private Item item;
  private long at;
  private long expected;
  private @Nullable InputStream in;
  private int failures;

  /**
   * @param length how many bytes are wanted, -1 for all
   */
  Resuming(Place place, Item item, long offset, long length, Call call) throws IOException, Stop {
    this.place = place;
    this.item = item;
    this.call = call;
    this.at = offset;
    this.end = length < 0 ? -1 : offset + length;
    this.in = open();
  }

  private InputStream open() throws IOException, Stop {
    Body body;
    try {
      body = place.open(item, at, end < 0 ? -1 : end - at, call);
    } catch (Staging.SourceBroken e) {
      throw e;
    } catch (IOException e) {
      throw new Staging.SourceBroken(e);
    }
    if (body.size() > call.limits().bytes()) {
      body.in().close();
      throw new Stop(new Failure.TooLarge(place.shown(), call.limits().bytes()));
    }
    if (item.tag().isEmpty() && body.tag().isPresent()) {
      item = new Item(item.path(), item.size(), item.key(), body.tag(), item.sha256());
    }
    expected = end >= 0 ? end : body.size() >= 0 ? at + body.size() : item.size();
    return body.in();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int most = end < 0 ? length : (int) Math.min(length, end - at);
    while (most > 0) {
      IOException broken = null;
      try {
        int n = in == null ? -1 : in.read(into, offset, most);
        if (n > 0) {
          at += n;
          call.progress().received(n);
          return n;
        }
        if (n < 0 && at >= expected) {
          return -1;
        }
      } catch (IOException e) {
        broken = e;
      }
      again(broken);
    }
    return length == 0 ? 0 : -1;
  }

  private void again(@Nullable IOException broken) throws IOException {
    failures++;
    boolean silent = broken instanceof SocketTimeoutException;
    Optional<String> tag = item.tag();
    if (silent || tag.isEmpty() || Call.isLast(failures)) {
      if (broken != null && (silent || expected < 0)) {
        throw new Staging.SourceBroken(broken);
      }
      throw new Staging.Stopped(new Failure.CutShort(place.shown(), expected, at));
    }
    drop();
    try {
      call.retry(place.shown(), "cut off after " + at + " bytes", failures, Duration.ZERO);
      in = open();
    } catch (Stop e) {
      throw new Staging.Stopped(e.failure());
    }
  }

  private void drop() {
    try {
      close();
    } catch (IOException e) {
      // It is broken already.
    }
    in = null;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
