package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects of Google Cloud Storage, by its JSON API (storage/v1). */
final class CloudStorage implements Place {
  private final String bucket;
  private final String prefix;
  private final Surroundings surroundings;
  private final String endpoint;
  private @Nullable GoogleToken token;

  CloudStorage(String bucket, String path, Surroundings surroundings) {
    this.bucket = bucket;
    this.prefix = Listed.prefix(path);
    this.surroundings = surroundings;
    String host =
        surroundings.first("STORAGE_EMULATOR_HOST").orElse("https://storage.googleapis.com");
    this.endpoint = (host.contains("://") ? host : "http://" + host).replaceFirst("/+$", "");
  }

  @Override
  public String shown() {
    return "gs://" + bucket + "/" + prefix;
  }

  private GoogleToken token(Call call) throws IOException, Stop {
    GoogleToken known = token;
    if (known == null || known.isOver(surroundings.clock().instant())) {
      known = GoogleToken.get(surroundings, call);
      token = known;
    }
    return known;
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var listed = new Listed(shown(), prefix, call.limits());
    var query = new TreeMap<String, String>();
    query.put("prefix", prefix);
    query.put("fields", "items(name,size,generation),nextPageToken");
    var web = new Web(shown(), call);
    var access = token(call);
    for (boolean more = true; more; ) {
      var uri = Uris.of(endpoint, "/storage/v1/b/" + bucket + "/o", query);
      Reply reply = web.send(Request.get(uri, Map.of(), access.access()));
      if (!reply.isGood()) {
        throw web.failed(reply, access.words());
      }
      JsonNode page = JsonPage.read(reply.body(), shown());
      for (JsonNode object : page.path("items")) {
        String generation = object.path("generation").asText();
        listed.add(
            object.path("name").asText(),
            Listed.size(object.path("size").asText()),
            Optional.of(generation).filter(each -> each.matches("[0-9]+")));
      }
      String next = page.path("nextPageToken").asText();
      more = !next.isEmpty();
      query.put("pageToken", next);
    }
    return listed.listing();
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    var query = new TreeMap<String, String>();
    query.put("alt", "media");
    item.tag().ifPresent(generation -> query.put("ifGenerationMatch", generation));
    var object = endpoint + "/storage/v1/b/" + bucket + "/o/" + Uris.encode(item.key());
    var untagged = new Item(item.path(), item.size(), item.key(), Optional.empty(), item.sha256());
    var access = token(call);
    Body body =
        WebFile.body(
            web,
            Request.get(
                Uris.of(object, "", query),
                WebFile.range(untagged, offset, length),
                access.access()),
            offset,
            access.words());
    return new Body(body.in(), body.size(), item.tag());
  }
}
