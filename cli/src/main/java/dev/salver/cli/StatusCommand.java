package dev.salver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.ServiceTable;
import dev.salver.cli.view.ServiceView;
import dev.salver.cli.workspace.Origins;
import dev.salver.cli.workspace.Workspace;
import dev.salver.cli.workspace.WorkspaceLock;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.cluster.ClusterException;
import dev.salver.reconciler.cluster.KubeCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code salver status}: the services of a running project, or of a cluster. */
final class StatusCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private @Nullable Path kubeconfig;

  private String namespace = "";

  private Format format = Format.TEXT;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Show services: state, revision, replicas, traffic, URL, and why one is not ready.",
        "",
        "Asks the `salver up` of a project's folder, or the cluster of a kubeconfig. Exit code 1 when",
        "a service failed or is not ready.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .value(
            "--kubeconfig",
            "FILE",
            Path.class,
            value -> kubeconfig = value,
            "Ask this cluster instead of the one that `salver up` runs.")
        .value(
            "-n, --namespace",
            "<namespace>",
            String.class,
            value -> namespace = value,
            "Only this namespace (default: all).")
        .value(
            "--format",
            "<format>",
            Format.class,
            value -> format = value,
            "text or json (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    List<ServiceView> services;
    try (Cluster cluster = KubeCluster.fromKubeconfig(kubeconfig(), "")) {
      List<KubeObject> pods = cluster.list(ResourceTypes.POD, namespace, "").items();
      services =
          cluster.list(ResourceTypes.INFERENCE_SERVICE, namespace, "").items().stream()
              .map(service -> ServiceView.of(service, pods))
              .toList();
    } catch (ClusterException e) {
      throw CommandFailure.outside(String.valueOf(e.getMessage()));
    }
    switch (format) {
      case JSON -> terminal.out().println(json(services));
      case TEXT -> ServiceTable.print(terminal, services, places()::place);
    }
    return services.stream().allMatch(ServiceView::ready) ? Exit.DONE : Exit.REFUSED;
  }

  private Origins places() throws IOException {
    if (kubeconfig != null) {
      return Origins.none();
    }
    var workspace = new Workspace(folder.resolve());
    String environment =
        WorkspaceLock.holder(workspace).map(WorkspaceLock.Holder::environment).orElse("local");
    return Origins.of(workspace, environment);
  }

  private Path kubeconfig() throws IOException {
    return kubeconfig != null ? kubeconfig : running(new Workspace(folder.resolve()));
  }

  /** The kubeconfig of the {@code up} that runs there. */
  static Path running(Workspace workspace) throws IOException {
    Optional<WorkspaceLock.Holder> holder = WorkspaceLock.holder(workspace);
    if (holder.isEmpty()) {
      throw CommandFailure.outside(
          "nothing runs for " + workspace.project() + "; start it with: salver up");
    }
    if (holder.get().gatewayPort() == 0) {
      throw CommandFailure.outside("`salver up` is still starting; try again in a moment");
    }
    return workspace.kubeconfig();
  }

  private static String json(List<ServiceView> services) {
    ObjectNode result = Json.object();
    ArrayNode list = result.putArray("services");
    services.forEach(service -> list.add(service.json()));
    return Json.write(result);
  }
}
