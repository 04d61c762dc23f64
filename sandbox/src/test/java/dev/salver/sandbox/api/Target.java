package dev.salver.sandbox.api;

import dev.salver.kube.ResourceType;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.http.ApiServer;
import dev.salver.sandbox.api.tls.Credentials;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An API that the contract is tried on. Each test has a namespace of its own in it. */
interface Target extends AutoCloseable {
  Api api();

  AutoCloseable watch(ResourceType type, Map<String, String> labels, Consumer<Api.Event> consumer);

  @Override
  void close();

  /** A namespace that the test made; nothing of it stays behind. */
  default void owns(String namespace) {}

  /** The core itself. */
  final class InProcess implements Target {
    private final SystemScheduler scheduler = new SystemScheduler();
    private final SandboxApi api = SandboxApi.inMemory(scheduler, SandboxApi.Options.standard());

    @Override
    public SandboxApi api() {
      return api;
    }

    @Override
    public AutoCloseable watch(
        ResourceType type, Map<String, String> labels, Consumer<Api.Event> consumer) {
      return api.watch(type, Selector.labels(labels), consumer);
    }

    @Override
    public void close() {
      api.close();
      scheduler.close();
    }
  }

  /** The HTTPS face, by a client that knows a kubeconfig alone. */
  final class Https implements Target {
    private final InProcess core = new InProcess();
    private final Vertx vertx = Vertx.vertx();
    private final ApiServer server;
    private final HttpsApi client;

    Https() {
      this(LogSource.NONE);
    }

    Https(LogSource logs) {
      try {
        Path folder = Files.createTempDirectory("sandbox-api");
        Path kubeconfig = folder.resolve("kubeconfig");
        server = ApiServer.listen(vertx, core.api(), logs, Credentials.make(core.api().now()), 0);
        server.writeKubeconfig(kubeconfig);
        client = new HttpsApi(kubeconfig);
        Files.delete(kubeconfig);
        Files.delete(folder);
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public HttpsApi api() {
      return client;
    }

    SandboxApi core() {
      return core.api();
    }

    ApiServer server() {
      return server;
    }

    @Override
    public AutoCloseable watch(
        ResourceType type, Map<String, String> labels, Consumer<Api.Event> consumer) {
      return client.watch(type, text(labels), consumer);
    }

    @Override
    public void close() {
      client.close();
      server.close();
      vertx.close().await();
      core.close();
    }
  }

  /** A cluster of the user's, reached with a token. */
  final class Real implements Target {
    private final HttpsApi client;
    private final List<String> namespaces = new ArrayList<>();

    Real(Path kubeconfig) {
      try {
        client = new HttpsApi(kubeconfig);
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException("can't use the kubeconfig of the real API server", e);
      }
    }

    @Override
    public Api api() {
      return client;
    }

    @Override
    public AutoCloseable watch(
        ResourceType type, Map<String, String> labels, Consumer<Api.Event> consumer) {
      return client.watch(type, text(labels), consumer);
    }

    @Override
    public void owns(String namespace) {
      namespaces.add(namespace);
    }

    @Override
    public void close() {
      for (String namespace : namespaces) {
        client.delete(Objects.namespace(namespace).key(), Api.Preconditions.NONE);
      }
      client.close();
    }
  }

  private static String text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
