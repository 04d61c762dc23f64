package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file behind http: or https:. */
record WebFile(URI uri) implements Place {
  private static final long MAX_SKIPPED = 64 << 20;
  private static final String ANONYMOUS = "to it without credentials";

  @Override
  public String shown() {
    return Uris.shown(uri.toString());
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    Reply reply = web.send(new Request("HEAD", uri, Map.of(), "", Access.NONE));
    reply.drop();
    if (reply.status() == 400
        || reply.status() == 403
        || reply.status() == 405
        || reply.status() == 501) {
      // An address signed for GET alone refuses HEAD.
      reply = web.send(Request.get(uri, Map.of(), Access.NONE));
      reply.drop();
    }
    if (!reply.isGood()) {
      throw web.failed(reply, ANONYMOUS);
    }
    return new Listing(List.of(item(reply.length(), tag(reply))), true);
  }

  @Override
  public Listing wanted(Call call) {
    return new Listing(List.of(item(-1, Optional.empty())), true);
  }

  private Item item(long size, Optional<String> tag) {
    return new Item(name(), size, uri.toString(), tag, Optional.empty());
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    return body(web, Request.get(uri, range(item, offset, length), Access.NONE), offset, ANONYMOUS);
  }

  /** Headers that ask for a piece of what a tag names. */
  static Map<String, String> range(Item item, long offset, long length) {
    var headers = new LinkedHashMap<String, String>();
    if (offset > 0 || length >= 0) {
      headers.put(
          "Range", "bytes=" + offset + "-" + (length < 0 ? "" : Math.max(0, offset + length - 1)));
      item.tag().ifPresent(tag -> headers.put("If-Match", tag));
    }
    return headers;
  }

  /** The bytes that answer a request for a file. */
  static Body body(Web web, Request request, long offset, String access) throws IOException, Stop {
    Reply reply = web.send(request);
    if (!reply.isGood()) {
      throw web.failed(reply, access);
    }
    String encoding = reply.header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      reply.drop();
      throw new Stop(
          new Failure.NotReadable(
              Uris.shown(request.uri().toString()), "it is sent with encoding " + encoding));
    }
    var in = reply.body();
    if (offset > 0 && reply.status() == 200) {
      // No ranges here: what lies before is read and dropped.
      if (offset > MAX_SKIPPED) {
        reply.drop();
        throw new Stop(
            new Failure.NotReadable(
                Uris.shown(request.uri().toString()), "the server gives no ranges of it"));
      }
      in.skipNBytes(offset);
      return new Body(in, reply.length() < 0 ? -1 : reply.length() - offset, tag(reply));
    }
    return new Body(in, reply.length(), tag(reply));
  }

  /** A strong entity tag: a weak one does not stand for the same bytes. */
  static Optional<String> tag(Reply reply) {
    return reply.header("ETag").filter(tag -> tag.startsWith("\""));
  }

  /** The last segment of the path, which names the file. */
  private String name() {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    boolean safe = !last.isEmpty() && !last.startsWith(".") && last.indexOf('\0') < 0;
    return safe ? last : "model";
  }
}
