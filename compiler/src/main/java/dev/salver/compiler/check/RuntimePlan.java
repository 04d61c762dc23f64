package dev.salver.compiler.check;

import dev.salver.compiler.overlay.Path;
import java.util.List;
import java.util.Locale;

/**
 * A runtime in an environment.
 *
 * @param level whose it is: the project's come before those it imports, Salver's, and a stock
 *     KServe's
 * @param formats what it is chosen for
 * @param also what it serves when it is named
 */
public record RuntimePlan(
    String name,
    Level level,
    List<String> formats,
    List<String> also,
    List<String> wires,
    Settings settings) {
  private static final String STORAGE = "salver.dev/storage";

  /** Whose runtime it is. */
  public enum Level {
    PROJECT("the project"),
    IMPORTS("the imports"),
    SALVER("Salver"),
    KSERVE("KServe");

    private final String owner;

    Level(String owner) {
      this.owner = owner;
    }

    /** For people: "the project". */
    public String owner() {
      return owner;
    }
  }

  /** What a model on a runtime becomes. */
  public enum Form {
    /** An InferenceService. */
    SERVICE,
    /** An InferenceService with workers on further nodes. */
    WORKERS,
    /** An LLMInferenceService. */
    LLM
  }

  public RuntimePlan {
    formats = List.copyOf(formats);
    also = List.copyOf(also);
    wires = List.copyOf(wires);
  }

  /**
   * The name of the ServingRuntime: {@code platform-triton} for an imported {@code
   * platform.triton}, but its own where the cluster has it already.
   */
  public String objectName() {
    return isInstalled() ? name.substring(name.lastIndexOf('.') + 1) : name.replace('.', '-');
  }

  /** Whether the cluster has it already, so that it is named and not emitted. */
  public boolean isInstalled() {
    return settings.bool("installed").orElse(false);
  }

  public Form form() {
    return settings
        .text("form")
        .map(word -> Form.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Form.SERVICE);
  }

  /** Whether it is Salver's own server, which fetches for itself. */
  public boolean isSalvers() {
    return settings.text("annotations", STORAGE).filter("self"::equals).isPresent();
  }

  /** Requests and limits of {@code cpu} or {@code memory}. */
  public Ends resource(String key) {
    return settings.value(Path.of(key)).map(Ends::of).orElse(Ends.OPEN);
  }

  boolean isChosenFor(String format, String wire) {
    return formats.contains(format) && wires.contains(wire);
  }

  boolean serves(String format) {
    return formats.contains(format) || also.contains(format);
  }
}
