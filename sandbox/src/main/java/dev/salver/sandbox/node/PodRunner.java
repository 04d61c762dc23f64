package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.run.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one pod from its folder to its last status: init containers, containers, end. */
final class PodRunner {
  /** What the node does for its pods. */
  interface Shell {
    NodeOptions options();

    Scheduler scheduler();

    Programs programs();

    Lookup lookup();

    /** Free ports for the container, in place of those that someone else took. */
    PodPorts ports(KubeObject pod, PodPorts now, JsonNode container) throws IOException;

    /** Stores the status; false where that should be tried again. */
    boolean write(KubeObject pod, ObjectNode status);

    void event(KubeObject pod, String type, String reason, String message);

    /** The processes ended and the folder is gone. */
    void ended(PodRunner runner);
  }

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Shell shell;
  private final PodFolder folder;
  private final Instant startedAt;
  private final List<ContainerRunner> init = new ArrayList<>();
  private final List<ContainerRunner> sidecars = new ArrayList<>();
  private final List<ContainerRunner> main = new ArrayList<>();
  private final CompletableFuture<Duration> leave = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final StatusWriter writer;
  private volatile KubeObject pod;
  private volatile PodPorts ports;
  private volatile Map<String, Path> volumes = Map.of();
  private volatile boolean initialized;
  private volatile Optional<String> failed = Optional.empty();

  PodRunner(KubeObject pod, Shell shell) {
    this.pod = pod;
    this.shell = shell;
    this.ports = PodPorts.of(pod);
    this.folder = PodFolder.of(shell.options().folder(), pod);
    this.startedAt = shell.scheduler().now();
    this.writer = new StatusWriter(this::publish);
    String policy = pod.spec().path("restartPolicy").asText("Always");
    for (JsonNode each : pod.spec().path("initContainers")) {
      boolean sidecar = each.path("restartPolicy").asText().equals("Always");
      ContainerRunner.Restart restart =
          sidecar
              ? ContainerRunner.Restart.ALWAYS
              : policy.equals("Never")
                  ? ContainerRunner.Restart.NEVER
                  : ContainerRunner.Restart.ON_FAILURE;
      ContainerRunner runner = runner(each, restart);
      init.add(runner);
      if (sidecar) {
        sidecars.add(runner);
      }
    }
    for (JsonNode each : pod.spec().path("containers")) {
      main.add(
          runner(
              each,
              switch (policy) {
                case "Never" -> ContainerRunner.Restart.NEVER;
                case "OnFailure" -> ContainerRunner.Restart.ON_FAILURE;
                default -> ContainerRunner.Restart.ALWAYS;
              }));
    }
  }

  KubeObject pod() {
    return pod;
  }

  /** The container's runner, init containers included. */
  Optional<ContainerRunner> container(String name) {
    var all = new ArrayList<>(main);
    all.addAll(init);
    return all.stream().filter(each -> each.view().name().equals(name)).findFirst();
  }

  void start() {
    Thread.ofVirtual().name("pod " + pod.name()).start(this::run);
  }

  /** A newer state of the object; a deletion makes it leave, at once where no grace is left. */
  void update(KubeObject newer) {
    pod = newer;
    if (newer.isBeingDeleted()) {
      leave(grace(newer));
      if (grace(newer).isZero()) {
        runners().forEach(ContainerRunner::kill);
      }
    }
  }

  /** Ends the pod's processes; those that do not end in time are killed. */
  void leave(Duration grace) {
    if (leave.complete(grace)) {
      main.forEach(ContainerRunner::unready);
    }
  }

  /** Waits until the processes ended and the folder is gone. */
  void awaitEnd(Duration patience) {
    try {
      ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Whoever waits has a deadline of its own and goes on.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Duration grace(KubeObject pod) {
    int declared = pod.spec().path("terminationGracePeriodSeconds").asInt(30);
    int asked = pod.metadata().path("deletionGracePeriodSeconds").asInt(declared);
    return Duration.ofSeconds(Math.max(0, Math.min(declared, asked)));
  }

  private void run() {
    writer.start();
    try {
      Thread work = Thread.ofVirtual().start(this::work);
      Duration grace = leave.get();
      drain(grace);
      stop(main, grace);
      stop(init, grace);
      work.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      writer.close();
      folder.delete();
      shell.ended(this);
      ended.complete(null);
    }
  }

  /** Lets senders hear of the end and requests under way go through. */
  private void drain(Duration grace) throws InterruptedException {
    boolean serves = main.stream().anyMatch(c -> c.view().started());
    if (!serves) {
      return;
    }
    long patience = grace.toNanos() / 2;
    long begin = System.nanoTime();
    Thread.sleep(
        shell.options().drainDelay().compareTo(grace) < 0 ? shell.options().drainDelay() : grace);
    while (System.nanoTime() - begin < patience
        && shell.options().inFlight().applyAsInt(pod.uid()) > 0) {
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  private static void stop(List<ContainerRunner> runners, Duration grace) {
    runners.forEach(each -> each.stop(grace));
  }

  private void work() {
    if (!prepare() || !initialize()) {
      return;
    }
    initialized = true;
    writer.dirty();
    var threads = new ArrayList<Thread>();
    main.forEach(each -> threads.add(Thread.ofVirtual().start(each::run)));
    joinAll(threads);
    stop(sidecars, grace(pod));
  }

  /** Waits until image and volumes are there; false where the pod left before. */
  private boolean prepare() {
    while (!leave.isDone()) {
      try {
        for (ContainerRunner each : runners()) {
          Launch.program(shell.programs(), each.view().image());
        }
        volumes = new Volumes(shell.lookup(), shell.options().folder()).fill(pod, folder);
        return true;
      } catch (Unstartable e) {
        blocked(e.reason(), e.message());
      } catch (IOException | UncheckedIOException e) {
        blocked("CreateContainerError", String.valueOf(e.getMessage()));
      }
      if (left(RETRY)) {
        return false;
      }
    }
    return false;
  }

  private void blocked(String reason, String message) {
    for (ContainerRunner each : runners()) {
      boolean mine = !reason.equals("ImageNotRunnable") || message.contains(each.view().image());
      if (mine
          && !(each.view().state() instanceof ContainerState.Waiting w
              && w.message().equals(message))) {
        each.hold(reason, message);
        shell.event(pod, "Warning", reason, message);
      }
    }
  }

  private boolean initialize() {
    for (ContainerRunner each : init) {
      if (leave.isDone()) {
        return false;
      }
      if (sidecars.contains(each)) {
        Thread.ofVirtual().start(each::run);
        if (!cameUp(each)) {
          return false;
        }
        continue;
      }
      each.run();
      if (!(each.view().state() instanceof ContainerState.Terminated ended)) {
        return false;
      }
      if (ended.exitCode() != 0) {
        if (!leave.isDone()) {
          failed = Optional.of("init container " + each.view().name() + " failed");
          writer.dirty();
        }
        return false;
      }
    }
    return !leave.isDone();
  }

  private boolean cameUp(ContainerRunner sidecar) {
    try {
      CompletableFuture.anyOf(sidecar.up(), leave).get();
      return !leave.isDone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean left(Duration patience) {
    try {
      leave.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<ContainerRunner> runners() {
    var all = new ArrayList<>(init);
    all.addAll(main);
    return all;
  }

  private boolean publish() {
    var facts =
        new PodStatus.Facts(
            startedAt,
            initialized,
            failed,
            init.stream().map(ContainerRunner::view).toList(),
            main.stream().map(ContainerRunner::view).toList());
    return shell.write(pod, PodStatus.of(pod, facts, shell.scheduler().now()));
  }

  private static void joinAll(List<Thread> threads) {
    try {
      for (Thread each : threads) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ContainerRunner runner(JsonNode container, ContainerRunner.Restart restart) {
    var before = Before.of(pod, container.path("name").asText(), startedAt);
    return new ContainerRunner(container, restart, before.restarts(), before.last(), new Host());
  }

  private final class Host implements ContainerRunner.Host {
    @Override
    public Launch.Context context() {
      return new Launch.Context(
          pod,
          folder,
          volumes,
          shell.programs(),
          new Environment(shell.lookup()),
          shell.options().gatewayUrl());
    }

    @Override
    public NodeOptions options() {
      return shell.options();
    }

    @Override
    public Scheduler scheduler() {
      return shell.scheduler();
    }

    @Override
    public PodPorts ports(JsonNode container) throws IOException {
      synchronized (PodRunner.this) {
        ports = shell.ports(pod, ports, container);
        return ports;
      }
    }

    @Override
    public void changed() {
      writer.dirty();
    }

    @Override
    public void event(String type, String reason, String message) {
      shell.event(pod, type, reason, message);
    }
  }
}
