package dev.salver.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks services through the gateway, as a client would: with the sample in {@code
 * requests/NAME.json} where the project has one, else with zeros of the shape that the model
 * declares.
 */
final class Asking implements AutoCloseable {
  private final Path project;
  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Asking(Path project, int gatewayPort) {
    this.project = project;
    this.base = "http://127.0.0.1:" + gatewayPort + "/serving/";
  }

  /** What a service answered. */
  record Answer(int status, String body) {}

  /** One prediction; any answer counts, a broken connection is an {@link IOException}. */
  Answer ask(String namespace, String name, Duration patience)
      throws IOException, InterruptedException {
    return send(post(namespace, name, body(namespace, name, patience), patience));
  }

  /** A command line that does the same, with paths as seen from the current folder. */
  String curl(String namespace, String name) throws IOException, InterruptedException {
    Path sample = sample(name);
    String data =
        Files.exists(sample)
            ? "@" + relative(sample)
            : "'" + body(namespace, name, Duration.ofSeconds(5)) + "'";
    return "curl -s " + url(namespace, name) + " -d " + data;
  }

  @Override
  public void close() {
    client.close();
  }

  private String body(String namespace, String name, Duration patience)
      throws IOException, InterruptedException {
    Path sample = sample(name);
    if (Files.exists(sample)) {
      return Files.readString(sample);
    }
    Answer metadata =
        send(
            HttpRequest.newBuilder(URI.create(base + namespace + "/" + name + "/v2/models/" + name))
                .timeout(patience)
                .build());
    return metadata.status() == 200 ? zeros(Json.parse(metadata.body())) : "{\"inputs\":[]}";
  }

  private static String zeros(JsonNode metadata) {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    for (JsonNode input : metadata.path("inputs")) {
      ObjectNode tensor = inputs.addObject();
      tensor.put("name", input.path("name").asText());
      ArrayNode shape = tensor.putArray("shape");
      int elements = 1;
      for (JsonNode dim : input.path("shape")) {
        int size = Math.max(1, dim.asInt());
        shape.add(size);
        elements *= size;
      }
      String datatype = input.path("datatype").asText();
      tensor.put("datatype", datatype);
      ArrayNode data = tensor.putArray("data");
      for (int i = 0; i < elements; i++) {
        switch (datatype) {
          case "BYTES" -> data.add("");
          case "BOOL" -> data.add(false);
          default -> data.add(0);
        }
      }
    }
    return Json.write(request);
  }

  private HttpRequest post(String namespace, String name, String body, Duration patience) {
    return HttpRequest.newBuilder(URI.create(url(namespace, name)))
        .timeout(patience)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  private String url(String namespace, String name) {
    return base + namespace + "/" + name + "/v2/models/" + name + "/infer";
  }

  private Path sample(String name) {
    return project.resolve("requests").resolve(name + ".json");
  }

  private static String relative(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
