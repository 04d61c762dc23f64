package dev.salver.server.model;

import dev.salver.edge.Edge;
import dev.salver.edge.EdgeOptions;
import dev.salver.server.engine.OnnxEngine;
import dev.salver.server.http.ModelFace;
import dev.salver.server.http.Serving;
import dev.salver.server.metrics.ServerMetrics;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The role "model": one model behind V1 and the Open Inference Protocol. */
public final class ModelRole {
  private static final long BODIES_IN_MEMORY = 256L << 20;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  public ModelRole(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Serves until told to stop; the answer is the exit code. */
  public int run(List<String> arguments) {
    return switch (ModelFlags.parse(arguments, environment)) {
      case ModelFlags.Parsed.Help() -> {
        out.print(ModelFlags.HELP);
        yield 0;
      }
      case ModelFlags.Parsed.Wrong(String message) -> {
        err.println(message);
        yield 2;
      }
      case ModelFlags.Parsed.Flags(ModelFlags flags) -> serve(flags);
    };
  }

  private int serve(ModelFlags flags) {
    var log = new Log(err, flags.jsonLog());
    var stop = new Stop();
    var serving = new Serving(flags.modelName());
    var metrics = new ServerMetrics(flags.modelName());
    start("onnxruntime", OnnxEngine::prepare);
    if ("hold".equals(environment.get("SALVER_STDIN"))) {
      Stop.ignoreInterrupt();
      stop.onEndOf(in);
    }
    stop.onSignal(flags.drain().plus(CLOSING).toSeconds());
    var loader =
        new Loader(flags, Optional.ofNullable(environment.get("STORAGE_URI")), metrics, log);
    start("load", () -> load(loader, serving, stop));
    Vertx vertx = vertx();
    try (Edge edge = listen(vertx, flags, serving, metrics)) {
      log.info("listening on " + flags.host() + ":" + edge.port());
      serving.whenReady(
          () -> {
            log.info("model " + flags.modelName() + " is ready on port " + edge.port());
            if (flags.exitAfterWarmup()) {
              train(edge.port(), serving, stop);
            }
          });
      return end(stop.await(), edge, flags, serving, log);
    } catch (IOException e) {
      return fail(String.valueOf(e.getMessage()), log);
    } catch (InterruptedException e) {
      return fail("interrupted", log);
    } finally {
      serving.served().ifPresent(served -> served.close(CLOSING.dividedBy(2)));
      vertx.close();
      stop.finished();
    }
  }

  private static void load(Loader loader, Serving serving, Stop stop) {
    try {
      switch (loader.load()) {
        case Loader.Result.Failed(String message) -> stop.ask(new Stop.Reason.Failed(message));
        case Loader.Result.Ready(var served) -> serving.ready(served);
      }
    } catch (RuntimeException | Error e) {
      stop.ask(new Stop.Reason.Failed("loading failed: " + e));
    }
  }

  private static void train(int port, Serving serving, Stop stop) {
    start(
        "training",
        () -> {
          try {
            Training.run(port, serving);
            stop.ask(new Stop.Reason.Asked("the end of the warm-up"));
          } catch (IOException e) {
            stop.ask(new Stop.Reason.Failed("the warm-up failed: " + e.getMessage()));
          }
        });
  }

  private int end(Stop.Reason reason, Edge edge, ModelFlags flags, Serving serving, Log log) {
    return switch (reason) {
      case Stop.Reason.Failed(String message) -> fail(message, log);
      case Stop.Reason.Asked(String by) -> {
        log.info("draining on " + by);
        serving.drain();
        edge.drain(flags.drain());
        log.info("done");
        yield 0;
      }
    };
  }

  private int fail(String message, Log log) {
    log.error(message);
    LastWords.write(message, environment);
    return 1;
  }

  private static Edge listen(Vertx vertx, ModelFlags flags, Serving serving, ServerMetrics metrics)
      throws IOException {
    var limits =
        new ModelFace.Limits(
            flags.maxBodyBytes(),
            Math.max(BODIES_IN_MEMORY, 4L * flags.maxBodyBytes()),
            flags.timeout());
    String version = ModelRole.class.getPackage().getImplementationVersion();
    var face = new ModelFace(serving, metrics, limits, version == null ? "unreleased" : version);
    var options =
        new EdgeOptions(flags.host(), flags.port(), EdgeOptions.Limits.DEFAULT, Optional.empty());
    return Edge.listen(vertx, options, face);
  }

  /**
   * What starts slowly and is not needed here is off: name resolution, class path files, logging
   * frameworks.
   */
  private static Vertx vertx() {
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    System.setProperty("vertx.disableDnsResolver", "true");
    System.setProperty("io.netty.machineId", "00:00:00:00:00:00:00:01");
    System.setProperty("io.netty.processId", "1");
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private static void start(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
