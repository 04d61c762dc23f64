package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model of Hugging Face's hub, or of a mirror at {@code HF_ENDPOINT}. Every file is read at the
 * commit that the revision meant when it was listed. Large files are named by their sha256 there.
 */
final class Hub implements Place {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final String model;
  private final String revision;
  private final String endpoint;
  private final Access access;
  private final String words;

  /**
   * @param model {@code acme/chat}
   */
  Hub(String model, String revision, Surroundings surroundings) {
    this.model = model;
    this.revision = revision;
    this.endpoint =
        surroundings.first("HF_ENDPOINT").orElse("https://huggingface.co").replaceFirst("/+$", "");
    Optional<String> token = surroundings.first("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");
    this.access =
        token
            .<Access>map(
                each -> (method, uri, headers) -> Map.of("Authorization", "Bearer " + each))
            .orElse(Access.NONE);
    this.words = token.isPresent() ? "with HF_TOKEN" : "without a token; HF_TOKEN is not set";
  }

  @Override
  public String shown() {
    return "hf://" + model + (revision.equals("main") ? "" : ":" + revision);
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    String api = endpoint + "/api/models/" + Uris.path(model);
    var at = URI.create(api + "/revision/" + Uris.encode(revision));
    String commit = page(web, at).json().path("sha").asText();
    if (!COMMIT.matcher(commit).matches()) {
      throw Listed.strange(shown());
    }
    List<Item> items = new ArrayList<>();
    URI next = Uris.of(api + "/tree/" + commit, "", new TreeMap<>(Map.of("recursive", "true")));
    while (true) {
      Page page = page(web, next);
      for (JsonNode file : page.json()) {
        if (file.path("type").asText().equals("file")) {
          items.add(item(file, commit));
        }
      }
      if (items.size() > 2L * call.limits().files()) {
        throw new Stop(
            new Failure.NotReadable(
                shown(), "it has more than " + call.limits().files() + " files"));
      }
      if (page.next().isEmpty()) {
        return new Listing(items, false);
      }
      URI found = next.resolve(page.next().get());
      if (!Uris.sameServer(found, next)) {
        throw Listed.strange(shown());
      }
      next = found;
    }
  }

  private Item item(JsonNode file, String commit) {
    String path = file.path("path").asText();
    String oid = file.path("lfs").path("oid").asText();
    return new Item(
        path,
        file.path("size").asLong(-1),
        endpoint + "/" + Uris.path(model) + "/resolve/" + commit + "/" + Uris.path(path),
        Optional.of(commit),
        Optional.of(oid).filter(each -> SHA256.matcher(each).matches()));
  }

  private record Page(JsonNode json, Optional<String> next) {}

  private Page page(Web web, URI uri) throws IOException, Stop {
    Reply reply = web.send(Request.get(uri, Map.of(), access));
    if (!reply.isGood()) {
      throw web.failed(reply, words);
    }
    Optional<String> next =
        reply
            .header("Link")
            .map(NEXT::matcher)
            .filter(java.util.regex.Matcher::find)
            .map(found -> found.group(1));
    return new Page(JsonPage.read(reply.body(), shown()), next);
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    // The key names a commit: it is the same content each time, whatever tag the answer has.
    var untagged = new Item(item.path(), item.size(), item.key(), Optional.empty(), item.sha256());
    Body body =
        WebFile.body(
            new Web(shown(), call),
            Request.get(URI.create(item.key()), WebFile.range(untagged, offset, length), access),
            offset,
            words);
    return new Body(body.in(), body.size(), item.tag());
  }
}
