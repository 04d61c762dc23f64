package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** Blobs of Azure Storage, by its REST API (2021-08-06). */
final class AzureBlobs implements Place {
  private static final Map<String, String> VERSION = Map.of("x-ms-version", "2021-08-06");

  private final AzureAccount account;
  private final String container;
  private final String prefix;

  AzureBlobs(AzureAccount account, String container, String path) {
    this.account = account;
    this.container = container;
    this.prefix = Listed.prefix(path);
  }

  @Override
  public String shown() {
    return "az://" + account.name() + "/" + container + "/" + prefix;
  }

  private URI uri(String key, Map<String, String> query) {
    URI plain =
        Uris.of(account.endpoint(), "/" + container + (key.isEmpty() ? "" : "/" + key), query);
    return account
        .sas()
        .map(sas -> URI.create(plain + (query.isEmpty() ? "?" : "&") + sas))
        .orElse(plain);
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var listed = new Listed(shown(), prefix, call.limits());
    var query = new TreeMap<String, String>();
    query.put("restype", "container");
    query.put("comp", "list");
    query.put("prefix", prefix);
    var web = new Web(shown(), call);
    for (boolean more = true; more; ) {
      Reply reply = web.send(Request.get(uri("", query), VERSION, account.access(call)));
      if (!reply.isGood()) {
        throw web.failed(reply, account.words());
      }
      XmlItems page;
      try (var in = reply.body()) {
        page = XmlItems.read(in, "Blob");
      } catch (XMLStreamException e) {
        throw Listed.strange(shown());
      }
      for (var blob : page.items()) {
        if (!blob.getOrDefault("ResourceType", "file").equals("directory")) {
          listed.add(
              blob.getOrDefault("Name", ""),
              Listed.size(blob.getOrDefault("Content-Length", "")),
              Optional.ofNullable(blob.get("Etag")).map(AzureBlobs::quoted));
        }
      }
      String next = page.page().getOrDefault("NextMarker", "");
      more = !next.isEmpty();
      query.put("marker", next);
    }
    return listed.listing();
  }

  /** Listings write an entity tag without the quotes that headers have. */
  private static String quoted(String tag) {
    return tag.startsWith("\"") ? tag : "\"" + tag + "\"";
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    var headers = new LinkedHashMap<>(VERSION);
    headers.putAll(WebFile.range(item, offset, length));
    var request = Request.get(uri(item.key(), Map.of()), headers, account.access(call));
    return WebFile.body(new Web(shown(), call), request, offset, account.words());
  }
}
