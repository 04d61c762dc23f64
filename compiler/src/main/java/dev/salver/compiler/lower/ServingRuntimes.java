package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.RuntimePlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.kube.Gvk;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A runtime as a ServingRuntime of the environment's namespace. No format is selected by itself:
 * every model names its runtime, so that what others deploy beside it is left alone.
 */
final class ServingRuntimes {
  static final Gvk GVK = new Gvk("serving.kserve.io", "v1alpha1", "ServingRuntime");

  private static final long PORT = 8080;

  private ServingRuntimes() {}

  static Manifest of(RuntimePlan runtime, String namespace) {
    var settings = runtime.settings();
    var draft = new Draft(GVK, namespace, runtime.objectName(), settings);
    draft.texts("labels", "metadata", "labels");
    draft.texts("annotations", "metadata", "annotations");
    ObjectNode spec = draft.at("spec");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "kserve-container");
    settings.text("image").ifPresent(image -> container.put("image", image));
    draft.origin(Path.of("image"), "spec", "containers", "0", "image");
    Containers.process(draft, container, "spec", "containers", "0");
    Containers.port(container, settings.whole("port").orElse(PORT));
    ObjectNode resources =
        Containers.resources(runtime.resource("cpu"), runtime.resource("memory"), Optional.empty());
    if (!resources.isEmpty()) {
      container.set("resources", resources);
    }
    ArrayNode wires = spec.putArray("protocolVersions");
    runtime.wires().forEach(wires::add);
    draft.origin(Path.of("wire"), "spec", "protocolVersions");
    ArrayNode formats = spec.putArray("supportedModelFormats");
    Stream.concat(runtime.formats().stream(), runtime.also().stream())
        .distinct()
        .forEach(format -> formats.addObject().put("autoSelect", false).put("name", format));
    draft.origin(Path.of("formats"), "spec", "supportedModelFormats");
    return draft.finish();
  }
}
