package dev.salver.cli.up;

import dev.salver.cli.CommandFailure;
import dev.salver.cli.workspace.Workspace;
import dev.salver.git.GitException;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.reconciler.cluster.KubeCluster;
import dev.salver.reconciler.operator.Operator;
import dev.salver.reconciler.operator.OperatorListener;
import dev.salver.reconciler.operator.OperatorOptions;
import dev.salver.sandbox.admission.StockAdmission;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.http.ApiServer;
import dev.salver.sandbox.api.tls.Credentials;
import dev.salver.sandbox.autoscale.Autoscaler;
import dev.salver.sandbox.controllers.Controllers;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import dev.salver.sandbox.gateway.Gateway;
import dev.salver.sandbox.gateway.GatewayOptions;
import dev.salver.sandbox.node.Node;
import dev.salver.sandbox.node.NodeLogs;
import dev.salver.sandbox.node.NodeOptions;
import dev.salver.sandbox.state.StateFolder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox with a reconciler that meets it like every other cluster: over HTTPS, with a
 * kubeconfig. Parts are closed in the reverse order of their start.
 */
final class LocalCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final Duration POLL = Duration.ofSeconds(10);

  private final Workspace workspace;
  private final UpOptions options;
  private final OperatorListener listener;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final SystemScheduler scheduler;
  private final SandboxApi api;
  private final Gateway gateway;
  private @Nullable Operator operator;

  /**
   * Starts everything but the reconciler.
   *
   * @throws CommandFailure where the port is taken
   */
  static LocalCluster start(Workspace workspace, UpOptions options, OperatorListener listener)
      throws Exception {
    return new LocalCluster(workspace, options, listener);
  }

  private LocalCluster(Workspace workspace, UpOptions options, OperatorListener listener)
      throws Exception {
    this.workspace = workspace;
    this.options = options;
    this.listener = listener;
    try {
      scheduler = part(new SystemScheduler());
      Vertx vertx = Vertx.vertx();
      parts.push(() -> vertx.close().await());
      StateFolder state = part(StateFolder.open(workspace.state()));
      api =
          part(
              SandboxApi.open(
                  scheduler,
                  Optional.of(state),
                  SandboxApi.Options.standard()
                      .with(
                          StockAdmission.of(KnativeFeatures.of(Seed.KNATIVE_FEATURES), "salver"))));
      gateway = part(gateway(vertx));
      Seed.plant(api, gateway.port());
      part(Controllers.start(api, scheduler, KnativeOptions.localhost(gateway.port())));
      Node node =
          part(
              Node.start(
                  api,
                  JvmPrograms.ofThisBuild(workspace.folder()),
                  NodeOptions.of(workspace.pods(), gateway.url()).withInFlight(gateway::inFlight),
                  scheduler));
      part(Autoscaler.start(api, gateway, scheduler));
      ApiServer server =
          part(
              ApiServer.listen(
                  vertx,
                  api,
                  new NodeLogs(node),
                  Credentials.keptIn(state.path("credentials.json"), Instant.now()),
                  0));
      server.writeKubeconfig(workspace.kubeconfig());
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The API, in process. */
  Api api() {
    return api;
  }

  int gatewayPort() {
    return gateway.port();
  }

  /** Tells of each request that woke a revision, and after how long it was answered. */
  void onAwakened(BiConsumer<String, Duration> listener) {
    gateway.onAwakened((revision, after) -> listener.accept(revision.name(), after));
  }

  /** Applies what is committed now, to an environment's namespace. */
  void reconcile(String namespace) {
    Seed.namespace(api, namespace);
    Operator running = operator;
    if (running != null) {
      running.poke();
      return;
    }
    KubeCluster cluster = part(KubeCluster.fromKubeconfig(workspace.kubeconfig(), ""));
    var wanted =
        OperatorOptions.of(
                workspace.liveRepository().toUri().toString(),
                Release.BRANCH,
                options.environment(),
                workspace.mirror())
            .withPoll(POLL)
            .withServing(OperatorOptions.Serving.ALWAYS)
            .withOwnRepository();
    try {
      operator = part(Operator.start(cluster, wanted, scheduler, listener));
    } catch (GitException e) {
      throw CommandFailure.outside(
          e.getMessage() + "; it is but a mirror: remove it and run `salver up` again");
    }
  }

  /** Whether the newest commit is in the cluster. */
  boolean isApplied(String commit) {
    Operator running = operator;
    return running != null && running.status().commitApplied().equals(commit);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the sandbox did not end well: {}", e.getMessage());
      }
    }
  }

  private Gateway gateway(Vertx vertx) {
    try {
      return Gateway.listen(vertx, api, GatewayOptions.of(options.port()));
    } catch (IOException e) {
      throw CommandFailure.outside(
          "port "
              + options.port()
              + " is in use; choose another with --port, or end what listens there");
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }
}
