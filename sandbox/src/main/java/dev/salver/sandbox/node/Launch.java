package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as a command on this machine.
 *
 * @param folder where it starts
 */
record Launch(List<String> command, Map<String, String> environment, Path folder) {
  /** Variables of this process that a program can't do without. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "SystemRoot");

  /**
   * What a launch is made from.
   *
   * @param volumes each volume's folder
   * @param gatewayUrl empty for no proxy
   */
  record Context(
      KubeObject pod,
      PodFolder folder,
      Map<String, Path> volumes,
      Programs programs,
      Environment environment,
      String gatewayUrl) {}

  /** Resolves image, arguments and environment. */
  static Launch of(Context context, JsonNode container, PodPorts ports)
      throws Unstartable, IOException {
    String name = container.path("name").asText();
    Programs.Program program = program(context.programs(), container.path("image").asText());
    Path terminationMessage = context.folder().terminationMessage(name);
    Translation translation =
        Translation.of(container, context.volumes(), terminationMessage, ports);
    Map<String, String> declared = context.environment().of(context.pod(), container);

    var environment = new LinkedHashMap<String, String>();
    for (String each : INHERITED) {
      Optional.ofNullable(System.getenv(each)).ifPresent(value -> environment.put(each, value));
    }
    environment.put("HOSTNAME", context.pod().name());
    proxy(context.gatewayUrl(), environment);
    environment.putAll(program.environment());
    declared.forEach((key, value) -> environment.put(key, translation.text(value)));
    ports
        .byContainerPort()
        .forEach((port, local) -> environment.put("PORT_" + port, local.toString()));
    int main = PodPorts.main(container);
    environment.put("PORT", Integer.toString(ports.local(main).orElse(main)));
    environment.put("TERMINATION_LOG", terminationMessage.toString());
    environment.put("SALVER_TERMINATION_LOG", terminationMessage.toString());
    memory(container).ifPresent(bytes -> environment.put("SALVER_MEMORY_LIMIT", bytes));

    var arguments = new ArrayList<String>();
    container
        .path("args")
        .forEach(arg -> arguments.add(Environment.expand(arg.asText(), declared)));
    var command = new ArrayList<>(program.command());
    command.addAll(translation.arguments(arguments));
    Path folder = context.folder().container(name);
    Files.createDirectories(folder);
    return new Launch(command, environment, folder);
  }

  /** The program behind an image, or why the container has to wait. */
  static Programs.Program program(Programs programs, String image) throws Unstartable {
    return programs
        .of(image)
        .orElseThrow(
            () ->
                new Unstartable(
                    "ImageNotRunnable",
                    "no program on this machine stands for image \""
                        + image
                        + "\": one of Salver's own runtimes would run here, and a Kubernetes"
                        + " cluster runs the image as it is"));
  }

  private static void proxy(String gatewayUrl, Map<String, String> environment) {
    if (!gatewayUrl.isEmpty()) {
      for (String name : new String[] {"http_proxy", "HTTP_PROXY"}) {
        environment.put(name, gatewayUrl);
      }
      for (String name : new String[] {"no_proxy", "NO_PROXY"}) {
        environment.put(name, "127.0.0.1,localhost");
      }
    }
  }

  private static Optional<String> memory(JsonNode container) {
    BigDecimal limit =
        Environment.quantity(container.path("resources").path("limits").path("memory").asText());
    return limit.signum() > 0 ? Optional.of(limit.toBigInteger().toString()) : Optional.empty();
  }
}
