package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which image a container runs: {@code runtimeVersion} replaces the tag; without it, some servers
 * have a build of their own for GPUs ({@code -gpu} after the tag) or for none (vLLM, {@code -cpu}
 * before it). An image by digest stays.
 */
final class ImageTag {
  private static final Pattern TAG = Pattern.compile(":[\\w.\\-]*$");
  private static final List<String> WITH_GPU_BUILD =
      List.of("tensorflow-serving", "torchserve", "huggingfaceserver");

  private ImageTag() {}

  static void apply(ObjectNode container, JsonNode model, String serverType) {
    String image = container.path("image").asText();
    if (image.contains("@sha256:")) {
      return;
    }
    Matcher tag = TAG.matcher(image);
    if (model.hasNonNull("runtimeVersion")) {
      String version = ":" + model.path("runtimeVersion").asText();
      container.put(
          "image",
          tag.find() ? tag.replaceFirst(Matcher.quoteReplacement(version)) : image + version);
      return;
    }
    if (serverType.isEmpty() || !tag.find()) {
      return;
    }
    String name = image.substring(0, tag.start());
    boolean gpu = usesGpu(container.path("resources").path("limits"));
    if (gpu && WITH_GPU_BUILD.contains(serverType) && !image.endsWith("-gpu")) {
      container.put("image", image + "-gpu");
    } else if (!gpu && serverType.equals("vllmserver") && !name.endsWith("-cpu")) {
      container.put("image", name + "-cpu" + tag.group());
    }
  }

  private static boolean usesGpu(JsonNode limits) {
    return limits.properties().stream()
        .anyMatch(
            entry ->
                entry.getKey().equals("nvidia.com/gpu")
                    || entry.getKey().startsWith("nvidia.com/mig"));
  }
}
