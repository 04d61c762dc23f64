package dev.salver.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.git.BareRepository;
import dev.salver.git.FilesResult;
import dev.salver.git.GitException;
import dev.salver.git.Limits;
import dev.salver.git.TreeResult;
import dev.salver.kube.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which {@code .serve} line declares each service, as the newest commit says. */
public final class Origins {
  private static final String BRANCH = "main";
  private static final String FILE = "origins.json";

  private final Map<String, String> places;

  private Origins(Map<String, String> places) {
    this.places = places;
  }

  /** Where sources are not at hand. */
  public static Origins none() {
    return new Origins(Map.of());
  }

  /** Those of an environment's newest commit; none where nothing was committed. */
  public static Origins of(Workspace workspace, String environment) {
    if (!Files.isDirectory(workspace.liveRepository())) {
      return new Origins(Map.of());
    }
    try (BareRepository repository = BareRepository.open(workspace.liveRepository())) {
      return new Origins(content(repository, environment).map(Origins::places).orElse(Map.of()));
    } catch (GitException e) {
      return new Origins(Map.of());
    }
  }

  /** {@code project.serve:7}; empty where it is not known. */
  public String place(String service) {
    return places.getOrDefault(service, "");
  }

  private static Optional<byte[]> content(BareRepository repository, String environment) {
    Optional<String> head = repository.head(BRANCH);
    if (head.isPresent()
        && repository.tree(head.get(), environment, Limits.DEFAULT) instanceof TreeResult.Tree tree
        && repository.files(tree, (path, entry) -> path.equals(FILE))
            instanceof FilesResult.Files files) {
      return Optional.ofNullable(files.content().get(FILE));
    }
    return Optional.empty();
  }

  private static Map<String, String> places(byte[] json) {
    var places = new HashMap<String, String>();
    for (JsonNode object : Json.parse(new String(json, StandardCharsets.UTF_8)).path("files")) {
      if (object.path("kind").asText().equals("InferenceService")) {
        JsonNode declared = object.path("declared");
        places.put(
            object.path("name").asText(),
            declared.path("file").asText() + ":" + declared.path("line").asInt());
      }
    }
    return places;
  }
}
