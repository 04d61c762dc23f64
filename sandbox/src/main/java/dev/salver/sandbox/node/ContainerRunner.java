package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.run.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps one container of a pod running as its restart policy asks, until it is told to stop. */
final class ContainerRunner {
  /** When a program that ended is started again. */
  enum Restart {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }

  /** What a container's status shows. */
  record View(
      String name,
      String image,
      ContainerState state,
      Optional<ContainerState.Terminated> last,
      int restarts,
      boolean ready,
      boolean started) {}

  /** What the pod does for its containers. */
  interface Host {
    Launch.Context context();

    NodeOptions options();

    Scheduler scheduler();

    /** Where the pod's ports are; those of the container are free now. */
    PodPorts ports(JsonNode container) throws IOException;

    /** The view changed. */
    void changed();

    /** Something that people should hear of. */
    void event(String type, String reason, String message);
  }

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final JsonNode container;
  private final String name;
  private final Restart restart;
  private final Host host;
  private final ContainerLog log;
  private final CompletableFuture<Duration> stop = new CompletableFuture<>();
  private final CompletableFuture<Void> up = new CompletableFuture<>();
  private volatile View view;
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean running;
  private volatile @Nullable Process process;
  private boolean leaving;

  ContainerRunner(
      JsonNode container,
      Restart restart,
      int restarts,
      Optional<ContainerState.Terminated> last,
      Host host) {
    this.container = container;
    this.name = container.path("name").asText();
    this.restart = restart;
    this.host = host;
    this.log =
        new ContainerLog(
            host.context().folder().container(name).resolve("logs"), host.options().maxLog());
    this.view =
        new View(
            name,
            container.path("image").asText(),
            new ContainerState.Waiting("ContainerCreating", ""),
            last,
            restarts,
            false,
            false);
  }

  View view() {
    return view;
  }

  ContainerLog log() {
    return log;
  }

  /** How often the program was started. */
  int runs() {
    return runs.get();
  }

  /** Whether that start's program still runs, or its log is still being written. */
  boolean isRunning(int run) {
    return running && runs.get() == run;
  }

  /** Completes once the container has started up, in the sense of its startup probe. */
  CompletableFuture<Void> up() {
    return up;
  }

  /** Ends the program; {@link #run()} returns after it. Asking twice does nothing. */
  void stop(Duration grace) {
    stop.complete(grace);
    unready();
  }

  /** Ends the program without grace, where it still runs. */
  void kill() {
    Process now = process;
    if (now != null) {
      now.toHandle().destroyForcibly();
    }
  }

  /** Not ready from now on, whatever the probes say. */
  void unready() {
    synchronized (this) {
      leaving = true;
      view =
          new View(
              name,
              view.image(),
              view.state(),
              view.last(),
              view.restarts(),
              false,
              view.started());
    }
    host.changed();
  }

  /** Holds the container back for a reason that its state shows. */
  void hold(String reason, String message) {
    change(new ContainerState.Waiting(reason, message), false, false);
  }

  /** Starts and starts again, until told to stop or until the program is done for good. */
  void run() {
    BackOff backOff = BackOff.of(host.options());
    while (!stop.isDone()) {
      ContainerState.Terminated ended;
      try {
        ended = once();
      } catch (Unstartable e) {
        hold(e.reason(), e.message());
        pause(RETRY);
        continue;
      } catch (IOException | UncheckedIOException e) {
        backOff = backOff.after(Duration.ZERO);
        hold("RunContainerError", String.valueOf(e.getMessage()));
        pause(backOff.delay());
        continue;
      }
      change(ended, false, false);
      if (stop.isDone() || isDone(ended)) {
        return;
      }
      backOff = backOff.after(Duration.between(ended.startedAt(), ended.finishedAt()));
      String message =
          "back-off %d ms restarting failed container %s"
              .formatted(backOff.delay().toMillis(), name);
      host.event("Warning", "BackOff", message);
      again(ended, message);
      pause(backOff.delay());
    }
  }

  private void again(ContainerState.Terminated ended, String message) {
    synchronized (this) {
      view =
          new View(
              name,
              view.image(),
              new ContainerState.Waiting("CrashLoopBackOff", message),
              Optional.of(ended),
              view.restarts() + 1,
              false,
              false);
    }
    host.changed();
  }

  private boolean isDone(ContainerState.Terminated ended) {
    return switch (restart) {
      case ALWAYS -> false;
      case ON_FAILURE -> ended.exitCode() == 0;
      case NEVER -> true;
    };
  }

  private ContainerState.Terminated once() throws Unstartable, IOException {
    PodPorts ports = host.ports(container);
    Launch launch = Launch.of(host.context(), container, ports);
    log.roll();
    Files.deleteIfExists(host.context().folder().terminationMessage(name));
    LastWords lastWords = new LastWords(host.context().folder().terminationMessage(name), log);
    Process started = Processes.start(launch.command(), launch.environment(), launch.folder());
    process = started;
    running = true;
    runs.incrementAndGet();
    Thread pump = pump(started);
    Instant startedAt = host.scheduler().now();
    ProcessId id = remember(started);
    var over = new CompletableFuture<Void>();
    try {
      change(new ContainerState.Running(startedAt, started.pid()), false, false);
      new Probing(
              probes(ports),
              host.options().firstProbe(),
              launch.environment(),
              launch.folder(),
              new Health(started),
              over)
          .start();
      await(started);
    } finally {
      over.complete(null);
      end(started, id);
      join(pump);
      running = false;
    }
    return lastWords.terminated(
        container, started.exitValue(), stop.isDone(), startedAt, host.scheduler().now(), id.pid());
  }

  private ProcessId remember(Process process) throws IOException {
    ProcessId id = ProcessId.of(process.toHandle()).orElse(new ProcessId(process.pid(), "unknown"));
    Files.writeString(host.context().folder().process(name), id.line());
    return id;
  }

  private void end(Process process, ProcessId id) throws IOException {
    if (process.isAlive()) {
      Processes.closeInput(process);
      Processes.terminate(process.toHandle(), stop.getNow(Duration.ZERO));
    } else {
      Processes.sweep(id.pid());
    }
    Files.deleteIfExists(host.context().folder().process(name));
  }

  private void await(Process process) {
    try {
      CompletableFuture.anyOf(process.onExit(), stop).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Thread pump(Process process) {
    return Thread.ofPlatform()
        .daemon()
        .name("log of " + host.context().pod().name() + "/" + name)
        .start(
            () -> {
              try {
                log.pump(process.getInputStream());
              } catch (IOException e) {
                host.event("Warning", "LogLost", "the log can't be kept: " + e.getMessage());
              }
            });
  }

  /** Waits for the end of the log, so that its tail is whole. */
  private static void join(Thread pump) {
    try {
      pump.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Probing.Probes probes(PodPorts ports) {
    return new Probing.Probes(
        Probe.of(container.path("startupProbe"), container, ports),
        Probe.of(container.path("livenessProbe"), container, ports),
        Probe.of(container.path("readinessProbe"), container, ports));
  }

  private void change(ContainerState state, boolean ready, boolean started) {
    synchronized (this) {
      view = new View(name, view.image(), state, view.last(), view.restarts(), ready, started);
    }
    host.changed();
  }

  private void show(long pid, boolean ready) {
    synchronized (this) {
      if (leaving || !(view.state() instanceof ContainerState.Running r) || r.pid() != pid) {
        return;
      }
      view = new View(name, view.image(), r, view.last(), view.restarts(), ready, true);
    }
    host.changed();
  }

  private void pause(Duration time) {
    try {
      stop.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The time is up, and nobody said to stop.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Health implements Probing.Listener {
    private final Process process;

    Health(Process process) {
      this.process = process;
    }

    @Override
    public void started() {
      show(process.pid(), false);
      up.complete(null);
    }

    @Override
    public void ready(boolean ready, String why) {
      if (!ready) {
        host.event("Warning", "Unhealthy", why);
      }
      show(process.pid(), ready);
    }

    @Override
    public void unhealthy(String why) {
      host.event("Warning", "Killing", "container " + name + ": " + why);
      Processes.closeInput(process);
      Processes.terminate(process.toHandle(), grace());
    }

    private Duration grace() {
      return Duration.ofSeconds(
          host.context().pod().spec().path("terminationGracePeriodSeconds").asInt(30));
    }
  }
}
