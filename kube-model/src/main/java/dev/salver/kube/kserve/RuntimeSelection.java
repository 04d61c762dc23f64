package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which runtime serves a {@code model} block, and why no other does (KServe's algorithm). */
public final class RuntimeSelection {
  /** The runtime, or why there is none. */
  public sealed interface Selection {
    /** {@code dropped} are those that were looked at and passed over, with the reason of each. */
    record Chosen(ServingRuntime runtime, List<Dropped> dropped) implements Selection {}

    /**
     * No runtime serves the model.
     *
     * @param reason as it stands in {@code modelStatus.lastFailureInfo}
     * @param message as it stands there
     * @param error as KServe's event words it
     */
    record None(String reason, String message, String error, List<Dropped> dropped)
        implements Selection {}
  }

  /**
   * A runtime that was not chosen.
   *
   * @param hasFormat whether it lists the model's format at all
   */
  public record Dropped(String runtime, String why, boolean hasFormat) {
    @Override
    public String toString() {
      return runtime + " (" + why + ")";
    }
  }

  private static final List<String> PROTOCOL_ORDER = List.of("v1", "v2", "grpc-v1", "grpc-v2");

  /** Lowest protocol first, then the newest, then by name. */
  private static final Comparator<ServingRuntime> LISTED =
      Comparator.comparingInt(RuntimeSelection::protocolRank)
          .thenComparing(ServingRuntime::created, Comparator.reverseOrder())
          .thenComparing(ServingRuntime::name);

  private RuntimeSelection() {}

  /** Chooses for a defaulted InferenceService that has a {@code model} block. */
  public static Selection select(InferenceService service, Runtimes runtimes) {
    JsonNode model = service.model();
    String named = model.path("runtime").asText();
    return named.isEmpty() ? automatic(service, runtimes) : named(named, service, runtimes);
  }

  /** The protocol that a service gets from its runtime where it names none. */
  public static String protocol(JsonNode model, ServingRuntime runtime) {
    return Trees.text(model.path("protocolVersion"))
        .orElseGet(
            () -> {
              int rank = protocolRank(runtime);
              return rank < PROTOCOL_ORDER.size() ? PROTOCOL_ORDER.get(rank) : "";
            });
  }

  private static Selection named(String name, InferenceService service, Runtimes runtimes) {
    Optional<ServingRuntime> found = runtimes.named(name, service.namespace());
    if (found.isEmpty()) {
      return new Selection.None(
          "RuntimeNotRecognized",
          "Waiting for runtime to become available",
          "No ServingRuntimes or ClusterServingRuntimes with the name: " + name,
          List.of());
    }
    ServingRuntime runtime = found.get();
    Optional<String> protocol = Trees.text(service.model().path("protocolVersion"));
    if (runtime.disabled()) {
      return no("RuntimeDisabled", "Specified runtime is disabled", name, " is disabled");
    }
    if (protocol.isPresent() && !runtime.speaks(protocol.get())) {
      return no(
          "NoSupportingRuntime",
          "Specified runtime does not support specified protocol version",
          name,
          " does not support specified protocol version");
    }
    if (!lists(runtime, service.model(), true)) {
      return no(
          "NoSupportingRuntime",
          "Specified runtime does not support specified framework/version",
          name,
          " does not support specified framework/version");
    }
    return new Selection.Chosen(runtime, List.of());
  }

  private static Selection no(String reason, String message, String runtime, String what) {
    return new Selection.None(reason, message, "specified runtime " + runtime + what, List.of());
  }

  private static Selection automatic(InferenceService service, Runtimes runtimes) {
    JsonNode model = service.model();
    var dropped = new ArrayList<Dropped>();
    var candidates = new ArrayList<ServingRuntime>();
    for (List<ServingRuntime> scope :
        List.of(runtimes.ofNamespace(service.namespace()), runtimes.ofCluster())) {
      var fitting = new ArrayList<ServingRuntime>();
      for (ServingRuntime runtime : scope.stream().sorted(LISTED).toList()) {
        Optional<String> why = unfit(runtime, service);
        if (why.isPresent()) {
          dropped.add(new Dropped(runtime.name(), why.get(), lists(runtime, model, true)));
        } else {
          fitting.add(runtime);
        }
      }
      fitting.sort(byPriority(model.path("modelFormat").path("name").asText()));
      candidates.addAll(fitting);
    }
    if (candidates.isEmpty()) {
      return new Selection.None(
          "NoSupportingRuntime",
          "No runtime found to support specified framework/version",
          "no runtime found to support predictor with model type: {"
              + model.path("modelFormat").path("name").asText()
              + " "
              + Trees.text(model.path("modelFormat").path("version")).orElse("<nil>")
              + "}",
          List.copyOf(dropped));
    }
    ServingRuntime chosen = candidates.getFirst();
    candidates.stream()
        .skip(1)
        .forEach(
            other -> dropped.add(new Dropped(other.name(), "comes after " + chosen.name(), true)));
    return new Selection.Chosen(chosen, List.copyOf(dropped));
  }

  private static Optional<String> unfit(ServingRuntime runtime, InferenceService service) {
    JsonNode model = service.model();
    String protocol = Trees.text(model.path("protocolVersion")).orElse("v1");
    boolean workers = service.predictor().spec().path("workerSpec").isObject();
    if (runtime.disabled()) {
      return Optional.of("is disabled");
    }
    if (runtime.multiModel()) {
      return Optional.of("serves many models at once");
    }
    if (!lists(runtime, model, false)) {
      return Optional.of(
          lists(runtime, model, true)
              ? "has the format, but not for automatic selection: name it in model.runtime"
              : "does not have format " + format(model));
    }
    if (!runtime.speaks(protocol)) {
      return Optional.of(
          "speaks "
              + String.join(", ", runtime.protocols())
              + ", not "
              + protocol
              + (model.hasNonNull("protocolVersion") ? "" : ", which is meant when none is set"));
    }
    if (runtime.multiNode() != workers) {
      return Optional.of(runtime.multiNode() ? "wants a workerSpec" : "has no workerSpec");
    }
    return Optional.empty();
  }

  /** Format and version are compared as text: 1 is not 1.2. */
  private static boolean lists(ServingRuntime runtime, JsonNode model, boolean named) {
    String name = model.path("modelFormat").path("name").asText();
    Optional<String> version = Trees.text(model.path("modelFormat").path("version"));
    return runtime.formats().stream()
        .filter(format -> named || format.autoSelect())
        .filter(format -> format.name().equals(name))
        .anyMatch(
            format ->
                version.isEmpty()
                    || (format.version().equals(version.get()) && !version.get().isEmpty()));
  }

  private static String format(JsonNode model) {
    return model.path("modelFormat").path("name").asText()
        + Trees.text(model.path("modelFormat").path("version")).map(v -> ":" + v).orElse("");
  }

  private static int protocolRank(ServingRuntime runtime) {
    return runtime.protocols().stream()
        .mapToInt(PROTOCOL_ORDER::indexOf)
        .map(rank -> rank < 0 ? PROTOCOL_ORDER.size() : rank)
        .min()
        .orElse(PROTOCOL_ORDER.size());
  }

  private static Comparator<ServingRuntime> byPriority(String format) {
    return Comparator.comparing(
        (ServingRuntime runtime) -> runtime.priority(format).orElse(Long.MIN_VALUE),
        Comparator.reverseOrder());
  }
}
