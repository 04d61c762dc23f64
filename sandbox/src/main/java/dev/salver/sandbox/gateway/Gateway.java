package dev.salver.sandbox.gateway;

import dev.salver.edge.Edge;
import dev.salver.edge.EdgeOptions;
import dev.salver.edge.InFlight;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.Selector;
import dev.salver.sandbox.autoscale.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one port in front of everything that is served. */
public final class Gateway implements Statistics, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final EdgeOptions.Limits LIMITS =
      new EdgeOptions.Limits(Long.MAX_VALUE, 64 << 10, Duration.ofMinutes(15));
  private static final int MAX_CONNECTIONS = 1024;

  private record Change(ResourceType type, Api.Event event) {}

  private final GatewayOptions options;
  private final ExecutorService builder =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("routing table").factory());
  private final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean building = new AtomicBoolean();
  private final Rendered rendered = new Rendered();
  private final Map<Backend.Ref, Pool> pools = new ConcurrentHashMap<>();
  private final List<Consumer<Revision>> wakers = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Revision, Duration>> awakened = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> watches = new ArrayList<>();
  private final HttpClient http1;
  private final HttpClient http2;
  private final Front front;
  private final Edge edge;
  private volatile RoutingTable table = RoutingTable.EMPTY;

  private Gateway(Vertx vertx, GatewayOptions options) throws IOException {
    this.options = options;
    this.http1 = client(vertx, options());
    this.http2 =
        client(
            vertx,
            options().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    this.front =
        new Front(new Exchange.Shared(vertx, http1, http2, options, new Waking()), this::pool);
    this.edge =
        Edge.listen(
            vertx,
            new EdgeOptions("127.0.0.1", options.port(), LIMITS, Optional.empty()),
            this::handle);
  }

  /**
   * Listens on loopback and follows the API's objects.
   *
   * @throws IOException where the port can't be had
   */
  public static Gateway listen(Vertx vertx, Api api, GatewayOptions options) throws IOException {
    var gateway = new Gateway(vertx, options);
    for (ResourceType type : Rendered.TYPES) {
      if (api.types().contains(type)) {
        gateway.watches.add(
            api.watch(type, Selector.ANY, event -> gateway.changed(new Change(type, event))));
      }
    }
    return gateway;
  }

  /** The port in use. */
  public int port() {
    return edge.port();
  }

  /** {@code http://127.0.0.1:PORT}, without a final slash. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Requests under way to a pod, by its uid. */
  public int inFlight(String uid) {
    int sum = 0;
    for (Pool pool : pools.values()) {
      sum += pool.inFlight(uid);
    }
    return sum;
  }

  /** Whether requests to a name find their way, for {@code /serving/NAMESPACE/NAME/}. */
  public boolean routes(String namespace, String name) {
    return table.entries().containsKey(namespace + "/" + name);
  }

  @Override
  public Optional<Sample> take(Revision revision) {
    Pool pool = pools.get(new Backend.Ref.Revision(revision.namespace(), revision.name()));
    if (pool == null) {
      return Optional.empty();
    }
    InFlight.Mean mean = pool.load().take(System.nanoTime());
    double perSecond = mean.seconds() <= 0 ? 0 : mean.requests() / mean.seconds();
    return Optional.of(new Sample(mean.concurrency(), perSecond));
  }

  @Override
  public AutoCloseable onWaiting(Consumer<Revision> consumer) {
    wakers.add(consumer);
    return () -> wakers.remove(consumer);
  }

  /**
   * Tells of each request that found no pod and was answered all the same, and how long it took.
   */
  public void onAwakened(BiConsumer<Revision, Duration> listener) {
    awakened.add(listener);
  }

  /** Takes no new connection, gives requests under way a moment, and ends. */
  @Override
  public void close() {
    for (AutoCloseable watch : watches) {
      try {
        watch.close();
      } catch (Exception e) {
        LOG.warn("a watch did not end well: {}", e.getMessage());
      }
    }
    edge.drain(DRAIN);
    builder.shutdownNow();
    http1.close();
    http2.close();
  }

  private void handle(HttpServerRequest request) {
    front.handle(request, table, request.localAddress().port());
  }

  private Pool pool(Backend.Ref ref) {
    Pool known = pools.get(ref);
    if (known != null) {
      return known;
    }
    Backend backend = table.backends().get(ref);
    Backend fresh = backend == null ? unrouted(ref) : backend;
    return pools.computeIfAbsent(
        ref, r -> new Pool(fresh, options.maxWaiting(), options.maxWaitingBytes()));
  }

  /** Passes on what exchanges tell. */
  private final class Waking implements Exchange.Waker {
    @Override
    public void waiting(Backend.Ref.Revision ref) {
      wakers.forEach(waker -> waker.accept(new Revision(ref.namespace(), ref.name())));
    }

    @Override
    public void answered(Backend.Ref.Revision ref, Duration after) {
      awakened.forEach(
          listener -> listener.accept(new Revision(ref.namespace(), ref.name()), after));
    }
  }

  private void changed(Change change) {
    changes.add(change);
    if (building.compareAndSet(false, true)) {
      builder.execute(this::rebuild);
    }
  }

  private void rebuild() {
    building.set(false);
    for (Change change = changes.poll(); change != null; change = changes.poll()) {
      if (change.event().type() == Api.Event.Type.DELETED) {
        rendered.remove(change.type(), change.event().object());
      } else {
        rendered.put(change.type(), change.event().object());
      }
    }
    try {
      RoutingTable next = Tables.of(rendered);
      table = next;
      next.backends().forEach((ref, backend) -> pool(ref).update(backend));
      pools.forEach(
          (ref, pool) -> {
            if (!next.backends().containsKey(ref)) {
              pool.update(unrouted(ref));
            }
          });
    } catch (RuntimeException e) {
      LOG.error("the routing table could not be made anew; the last one stays", e);
    }
  }

  private static Backend unrouted(Backend.Ref ref) {
    return new Backend(
        ref,
        0,
        Optional.empty(),
        Optional.of(ref.namespace() + "/" + ref.name() + " is no longer there"),
        false,
        List.of());
  }

  /** A pod's end resets idle connections too; requests on them hear of it themselves. */
  private static HttpClient client(Vertx vertx, HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool())
        .withConnectHandler(
            connection ->
                connection.exceptionHandler(
                    e -> LOG.debug("a connection to a pod broke: {}", e.getMessage())))
        .build();
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setKeepAliveTimeout(15)
        .setConnectTimeout(5_000)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true)
        .setMaxHeaderSize(64 << 10);
  }

  private static PoolOptions pool() {
    return new PoolOptions()
        .setHttp1MaxSize(MAX_CONNECTIONS)
        .setHttp2MaxSize(8)
        .setMaxWaitQueueSize(10_000);
  }
}
