package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Reply;
import dev.salver.artifacts.source.Web.Request;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/**
 * Objects of Amazon S3 or a store that speaks its REST API (2006-03-01). Endpoint, region and keys
 * are taken from the variables that KServe gives its containers.
 */
final class S3 implements Place {
  private final String bucket;
  private final String prefix;
  private final Surroundings surroundings;
  private final S3Keys keys;
  private String region;

  /**
   * @param path of an object or of a folder
   */
  S3(String bucket, String path, Surroundings surroundings) {
    this.bucket = bucket;
    this.prefix = Listed.prefix(path);
    this.surroundings = surroundings;
    this.keys = S3Keys.of(surroundings);
    this.region =
        surroundings.first("AWS_REGION", "AWS_DEFAULT_REGION").or(keys::region).orElse("us-east-1");
  }

  @Override
  public String shown() {
    return "s3://" + bucket + "/" + prefix;
  }

  /** The bucket's address and the path before a key. */
  private URI uri(String key, Map<String, String> query) {
    Optional<String> set =
        surroundings.first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "S3_ENDPOINT");
    boolean virtual =
        set.isEmpty() ? bucket.indexOf('.') < 0 : surroundings.says("S3_USER_VIRTUAL_BUCKET");
    String endpoint = set.orElse("s3." + region + ".amazonaws.com").replaceFirst("/+$", "");
    if (!endpoint.contains("://")) {
      endpoint = (surroundings.denies("S3_USE_HTTPS") ? "http://" : "https://") + endpoint;
    }
    return virtual
        ? Uris.of(endpoint.replaceFirst("://", "://" + bucket + "."), "/" + key, query)
        : Uris.of(endpoint, "/" + bucket + "/" + key, query);
  }

  private Web.Access access() {
    return keys.isAnonymous()
        ? Web.Access.NONE
        : new SignatureV4(keys.id(), keys.secret(), keys.session(), region, surroundings.clock());
  }

  @Override
  public Listing files(Call call) throws IOException, Stop {
    var listed = new Listed(shown(), prefix, call.limits());
    var query = new TreeMap<String, String>();
    query.put("list-type", "2");
    query.put("prefix", prefix);
    var web = new Web(shown(), call);
    for (boolean more = true; more; ) {
      Reply reply = send(web, query);
      if (!reply.isGood()) {
        throw web.failed(reply, keys.words());
      }
      XmlItems page;
      try (var in = reply.body()) {
        page = XmlItems.read(in, "Contents");
      } catch (XMLStreamException e) {
        throw Listed.strange(shown());
      }
      for (var object : page.items()) {
        listed.add(
            object.getOrDefault("Key", ""),
            Listed.size(object.getOrDefault("Size", "")),
            Optional.ofNullable(object.get("ETag")));
      }
      String next = page.page().getOrDefault("NextContinuationToken", "");
      more = page.page().getOrDefault("IsTruncated", "").equals("true") && !next.isEmpty();
      query.put("continuation-token", next);
    }
    return listed.listing();
  }

  /** A bucket of another region says which; one more try goes there. */
  private Reply send(Web web, Map<String, String> query) throws IOException, Stop {
    Reply reply = web.send(Request.get(uri("", query), Map.of(), access()));
    Optional<String> right =
        reply.header("x-amz-bucket-region").filter(each -> each.matches("[a-z0-9-]{1,40}"));
    if (reply.isGood() || right.isEmpty() || right.get().equals(region)) {
      return reply;
    }
    reply.drop();
    region = right.get();
    return web.send(Request.get(uri("", query), Map.of(), access()));
  }

  @Override
  public Body open(Item item, long offset, long length, Call call) throws IOException, Stop {
    var web = new Web(shown(), call);
    var request =
        Request.get(uri(item.key(), Map.of()), WebFile.range(item, offset, length), access());
    return WebFile.body(web, request, offset, keys.words());
  }
}
