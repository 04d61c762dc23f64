package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.ServiceView;
import dev.salver.cli.workspace.Workspace;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.cluster.ClusterException;
import dev.salver.reconciler.cluster.KubeCluster;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code salver logs}: what a model's server printed. */
final class LogsCommand implements Command {
  private static final String SERVICE = "serving.kserve.io/inferenceservice";

  private final Terminal terminal;

  private String model = "";

  private @Nullable Path folder;

  private boolean follow;

  private boolean previous;

  private int tail = -1;

  LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Show what a model's server printed: the newest pod of the service.",
        "",
        "A service that scaled to zero has no pod and so no log; wake it with a request.",
        "");
  }

  @Override
  public void takes(Options options) {
    options
        .word(0, true, "MODEL", String.class, value -> model = value, "The service's name.")
        .word(
            1,
            false,
            "DIR",
            Path.class,
            value -> folder = value,
            "The project's folder; by default the project around the current folder.")
        .flag("-f, --follow", value -> follow = value, "Go on as more is printed.")
        .flag("-p, --previous", value -> previous = value, "The run before the last restart.")
        .value("--tail", "LINES", Integer.class, value -> tail = value, "Only the last lines.");
  }

  @Override
  public Integer call() throws Exception {
    var workspace = new Workspace(ProjectFolder.resolve(folder));
    try (KubeCluster cluster = KubeCluster.fromKubeconfig(StatusCommand.running(workspace), "")) {
      List<KubeObject> services = cluster.list(ResourceTypes.INFERENCE_SERVICE, "", "").items();
      if (services.stream().noneMatch(service -> service.name().equals(model))) {
        throw CommandFailure.usage(
            "there is no service `"
                + model
                + "`; there are "
                + services.stream().map(KubeObject::name).collect(Collectors.joining(", ")));
      }
      KubeObject pod =
          cluster.list(ResourceTypes.POD, "", SERVICE + "=" + model).items().stream()
              .max(Comparator.comparing(each -> each.metadata().path("creationTimestamp").asText()))
              .orElseThrow(
                  () -> CommandFailure.outside(model + " has no process now: " + why(services)));
      cluster.podLog(pod.namespace(), pod.name(), query(), terminal.out());
    } catch (ClusterException e) {
      throw CommandFailure.outside(String.valueOf(e.getMessage()));
    }
    return Exit.DONE;
  }

  private String why(List<KubeObject> services) {
    return services.stream()
        .filter(service -> service.name().equals(model))
        .map(service -> ServiceView.of(service, List.of()))
        .filter(view -> !view.ready() && !view.why().isEmpty())
        .map(ServiceView::why)
        .findFirst()
        .orElse("it is idle; a request wakes it");
  }

  private String query() {
    return "follow=" + follow + "&previous=" + previous + (tail < 0 ? "" : "&tailLines=" + tail);
  }
}
