package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API as a plain HTTP client sees it, from nothing but a kubeconfig with a token. */
final class HttpsApi implements Api, AutoCloseable {
  private final String server;
  private final String token;
  private final HttpClient client;

  HttpsApi(Path kubeconfig) throws IOException, GeneralSecurityException {
    JsonNode config = Yaml.documents(Files.readString(kubeconfig)).getFirst();
    JsonNode cluster = config.at("/clusters/0/cluster");
    server = cluster.path("server").asText();
    token = config.at("/users/0/user/token").asText();
    client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .sslContext(
                trusting(
                    Base64.getDecoder()
                        .decode(cluster.path("certificate-authority-data").asText())))
            .build();
  }

  String server() {
    return server;
  }

  /** A request that may be changed before it is sent. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .timeout(Duration.ofSeconds(30))
        .header("authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The JSON behind a path, whatever the status. */
  JsonNode json(String path) {
    return Json.parse(send(request(path).build()).body());
  }

  JsonNode write(String method, String path, String contentType, String body) {
    return checked(
        send(
            request(path)
                .header("content-type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build()));
  }

  /** Lines of a watch as they come; closing the stream ends it. */
  Stream<String> lines(String path) {
    return send(request(path).build(), BodyHandlers.ofLines()).body();
  }

  @Override
  public Optional<KubeObject> get(ObjectKey key) {
    HttpResponse<String> response = send(request(path(key)).build());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(object(checked(response)));
  }

  @Override
  public Listing list(ResourceType type, String namespace, Selector labels) {
    JsonNode list = checked(send(request(type.path(namespace)).build()));
    List<KubeObject> items = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      ObjectNode tree = (ObjectNode) item;
      tree.put("apiVersion", type.gvk().apiVersion()).put("kind", type.gvk().kind());
      items.add(new KubeObject(tree));
    }
    return new Listing(
        items.stream().filter(labels).toList(),
        list.path("metadata").path("resourceVersion").asLong());
  }

  @Override
  public KubeObject create(KubeObject object, String fieldManager) {
    ResourceType type = type(object.key());
    return object(
        write(
            "POST",
            type.path(object.namespace()) + "?fieldManager=" + encode(fieldManager),
            "application/json",
            Json.write(object.tree())));
  }

  @Override
  public KubeObject update(KubeObject object, String fieldManager) {
    return put(object, path(object.key()), fieldManager);
  }

  @Override
  public KubeObject updateStatus(KubeObject object, String fieldManager) {
    return put(object, path(object.key()) + "/status", fieldManager);
  }

  private KubeObject put(KubeObject object, String path, String fieldManager) {
    return object(
        write(
            "PUT",
            path + "?fieldManager=" + encode(fieldManager),
            "application/json",
            Json.write(object.tree())));
  }

  @Override
  public KubeObject apply(KubeObject object, String fieldManager, boolean force) {
    return object(
        write(
            "PATCH",
            path(object.key()) + "?force=" + force + "&fieldManager=" + encode(fieldManager),
            "application/apply-patch+yaml",
            Yaml.write(object.tree())));
  }

  @Override
  public void delete(ObjectKey key, Preconditions preconditions) {
    ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
    ObjectNode wanted = options.putObject("preconditions");
    if (!preconditions.uid().isEmpty()) {
      wanted.put("uid", preconditions.uid());
    }
    if (!preconditions.resourceVersion().isEmpty()) {
      wanted.put("resourceVersion", preconditions.resourceVersion());
    }
    try {
      write("DELETE", path(key), "application/json", Json.write(options));
    } catch (ApiException e) {
      if (e.code() != 404) {
        throw e;
      }
    }
  }

  @Override
  public AutoCloseable watch(ResourceType type, Selector labels, Consumer<Event> consumer) {
    throw new UnsupportedOperationException("labels are functions here; see lines()");
  }

  /** As {@link #watch}, with a selector as text. */
  AutoCloseable watch(ResourceType type, String labels, Consumer<Event> consumer) {
    HttpResponse<InputStream> response =
        send(
            request(type.path("") + "?watch=true&labelSelector=" + encode(labels)).build(),
            BodyHandlers.ofInputStream());
    Thread.ofVirtual()
        .start(
            () -> {
              try (var lines =
                  new BufferedReader(
                      new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  JsonNode event = Json.parse(line);
                  consumer.accept(
                      new Event(
                          Event.Type.valueOf(event.path("type").asText()),
                          new KubeObject((ObjectNode) event.path("object"))));
                }
              } catch (IOException e) {
                // closed
              }
            });
    return () -> response.body().close();
  }

  @Override
  public List<ResourceType> types() {
    return ResourceTypes.ALL;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static String path(ObjectKey key) {
    return type(key).path(key.namespace()) + "/" + key.name();
  }

  private static ResourceType type(ObjectKey key) {
    return ResourceTypes.of(key.gvk()).orElseThrow();
  }

  private static KubeObject object(JsonNode tree) {
    return new KubeObject((ObjectNode) tree);
  }

  private static JsonNode checked(HttpResponse<String> response) {
    JsonNode body = Json.parse(response.body());
    if (response.statusCode() >= 300) {
      throw new ApiException(
          response.statusCode(), body.path("reason").asText(), body.path("message").asText());
    }
    return body;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static SSLContext trusting(byte[] pem) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
