package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.kube.run.WorkQueue;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This machine as a node: takes every pod that has none and runs it as processes. */
public final class Node implements AutoCloseable {
  public static final String NAME = "local";
  public static final String ADDRESS = "127.0.0.1";
  public static final String FINALIZER = "sandbox.salver.dev/node";
  static final String MANAGER = "node";

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final Api api;
  private final Programs programs;
  private final NodeOptions options;
  private final Scheduler scheduler;
  private final Events events;
  private final FreePorts free = new FreePorts();
  private final Map<String, PodRunner> runners = new ConcurrentHashMap<>();
  private final WorkQueue<ObjectKey> queue;
  private volatile boolean closing;
  private AutoCloseable watch = () -> {};

  private Node(Api api, Programs programs, NodeOptions options, Scheduler scheduler) {
    this.api = api;
    this.programs = programs;
    this.options = options;
    this.scheduler = scheduler;
    this.events = new Events(api, scheduler);
    this.queue =
        new WorkQueue<>(
            scheduler,
            this::reconcile,
            (key, failure, inARow, retryIn) ->
                LOG.warn("{}: {}; tried again in {}", key, failure.getMessage(), retryIn));
  }

  /**
   * Ends what a killed predecessor left, registers the node and runs pods from now on.
   *
   * @throws IOException where the state folder can't be used
   */
  public static Node start(Api api, Programs programs, NodeOptions options, Scheduler scheduler)
      throws IOException {
    Files.createDirectories(options.folder());
    int ended = Leftovers.end(options.folder());
    if (ended > 0) {
      LOG.info("ended {} processes that an earlier run left", ended);
    }
    var node = new Node(api, programs, options, scheduler);
    node.register();
    node.watch =
        api.watch(ResourceTypes.POD, Selector.ANY, event -> node.queue.add(event.object().key()));
    return node;
  }

  /** A container that this node runs; an empty name means the first one. */
  Optional<ContainerRunner> container(String namespace, String pod, String container) {
    return runners.values().stream()
        .filter(r -> r.pod().namespace().equals(namespace) && r.pod().name().equals(pod))
        .findFirst()
        .flatMap(
            runner ->
                runner.container(
                    container.isEmpty()
                        ? runner.pod().spec().path("containers").path(0).path("name").asText()
                        : container));
  }

  /** Where a container's output lies. */
  Optional<ContainerLog> logFiles(String namespace, String pod, String container) {
    return container(namespace, pod, container).map(ContainerRunner::log);
  }

  /** Pods whose processes have not ended yet. */
  public int running() {
    return runners.size();
  }

  /** Ends every process within a deadline; the pods stay in the API, to be started anew. */
  @Override
  public void close() {
    closing = true;
    queue.close();
    try {
      watch.close();
    } catch (Exception e) {
      LOG.warn("the watch on pods did not end well: {}", e.getMessage());
    }
    List<PodRunner> left = List.copyOf(runners.values());
    left.forEach(each -> each.leave(CLOSE_GRACE));
    long deadline = System.nanoTime() + CLOSE.toNanos();
    for (PodRunner each : left) {
      each.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Bytes of memory of this machine, as far as the JVM can tell. */
  static long memory() {
    var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean known
        ? known.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  private void register() {
    KubeObject fresh = NodeObject.of(scheduler.now());
    Optional<KubeObject> there = api.get(fresh.key());
    KubeObject node = there.isPresent() ? there.get() : api.create(fresh, MANAGER);
    api.updateStatus(NodeObject.withStatus(unversioned(node), scheduler.now()), MANAGER);
  }

  private Optional<Duration> reconcile(ObjectKey key) throws IOException {
    Optional<KubeObject> found = api.get(key);
    String uid = found.map(KubeObject::uid).orElse("");
    for (PodRunner runner : runners.values()) {
      if (runner.pod().key().equals(key) && !runner.pod().uid().equals(uid)) {
        runner.leave(CLOSE_GRACE);
      }
    }
    if (found.isEmpty() || closing) {
      return Optional.empty();
    }
    KubeObject pod = found.get();
    String nodeName = pod.spec().path("nodeName").asText();
    if (nodeName.isEmpty() && !pod.isBeingDeleted()) {
      bind(pod);
      return Optional.empty();
    }
    if (!nodeName.equals(NAME)) {
      return Optional.empty();
    }
    PodRunner runner = runners.get(uid);
    if (runner != null) {
      runner.update(pod);
    } else if (pod.isBeingDeleted()) {
      release(key, uid);
    } else if (isDone(pod)) {
      return Optional.empty();
    } else {
      run(pod);
    }
    return Optional.empty();
  }

  private static boolean isDone(KubeObject pod) {
    String phase = pod.status().path("phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private void bind(KubeObject pod) throws IOException {
    KubeObject bound = pod.copy();
    ((ObjectNode) bound.spec()).put("nodeName", NAME);
    ObjectNode metadata = (ObjectNode) bound.metadata();
    ArrayNode finalizers = metadata.withArrayProperty("finalizers");
    finalizers.add(FINALIZER);
    var ports = new TreeMap<Integer, Integer>();
    for (String field : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : pod.spec().path(field)) {
        if (field.equals("containers") || container.has("ports")) {
          for (int port : PodPorts.all(container)) {
            ports.putIfAbsent(port, free.take());
          }
        }
      }
    }
    metadata
        .withObjectProperty("annotations")
        .put(PodPorts.ANNOTATION, new PodPorts(ports).annotation());
    try {
      api.update(bound, MANAGER);
    } catch (ApiException e) {
      ports.values().forEach(free::giveBack);
      if (e.code() == 404) {
        return;
      }
      throw e;
    }
  }

  private void run(KubeObject pod) {
    PodPorts.of(pod).byContainerPort().values().forEach(free::keep);
    var runner = new PodRunner(pod, new Shell());
    runners.put(pod.uid(), runner);
    runner.start();
  }

  /** Takes the finalizer away, which lets the object go. */
  private void release(ObjectKey key, String uid) {
    for (int tries = 0; tries < 5; tries++) {
      Optional<KubeObject> found = api.get(key).filter(pod -> pod.uid().equals(uid));
      if (found.isEmpty() || !found.get().isBeingDeleted()) {
        return;
      }
      KubeObject pod = found.get().copy();
      ArrayNode kept = ((ObjectNode) pod.metadata()).putArray("finalizers");
      for (JsonNode each : found.get().metadata().path("finalizers")) {
        if (!each.asText().equals(FINALIZER)) {
          kept.add(each);
        }
      }
      try {
        api.update(pod, MANAGER);
        return;
      } catch (ApiException e) {
        if (e.code() == 404) {
          return;
        }
        LOG.debug("{} is not let go yet: {}", key, e.getMessage());
      }
    }
    queue.add(key);
  }

  static KubeObject unversioned(KubeObject object) {
    KubeObject result = object.copy();
    ((ObjectNode) result.metadata()).remove("resourceVersion");
    return result;
  }

  private final class Shell implements PodRunner.Shell {
    private String written = "";

    @Override
    public NodeOptions options() {
      return options;
    }

    @Override
    public Scheduler scheduler() {
      return scheduler;
    }

    @Override
    public Programs programs() {
      return programs;
    }

    @Override
    public Lookup lookup() {
      return new Lookup(api);
    }

    @Override
    public PodPorts ports(KubeObject pod, PodPorts now, JsonNode container) throws IOException {
      var ports = new TreeMap<>(now.byContainerPort());
      boolean moved = false;
      for (int port : PodPorts.all(container)) {
        Integer local = ports.get(port);
        if (local == null || !FreePorts.isFree(local)) {
          ports.put(port, free.take());
          moved = true;
        }
      }
      if (!moved) {
        return now;
      }
      var result = new PodPorts(ports);
      annotate(pod, result);
      return result;
    }

    private void annotate(KubeObject pod, PodPorts ports) throws IOException {
      try {
        KubeObject stored = unversioned(api.get(pod.key()).orElse(pod));
        ((ObjectNode) stored.metadata())
            .withObjectProperty("annotations")
            .put(PodPorts.ANNOTATION, ports.annotation());
        api.update(stored, MANAGER);
      } catch (ApiException e) {
        throw new IOException("the pod's ports can't be recorded: " + e.getMessage(), e);
      }
    }

    @Override
    public boolean write(KubeObject pod, ObjectNode status) {
      String text = dev.salver.kube.Json.write(status);
      if (text.equals(written)) {
        return true;
      }
      KubeObject object = unversioned(pod);
      object.tree().set("status", status);
      try {
        api.updateStatus(object, MANAGER);
        written = text;
        return true;
      } catch (ApiException e) {
        LOG.debug("{}: status not written: {}", pod.key(), e.getMessage());
        return e.code() == 404;
      }
    }

    @Override
    public void event(KubeObject pod, String type, String reason, String message) {
      events.record(pod, type, reason, message);
    }

    @Override
    public void ended(PodRunner runner) {
      KubeObject pod = runner.pod();
      PodPorts.of(pod).byContainerPort().values().forEach(free::giveBack);
      runners.remove(pod.uid());
      if (!closing) {
        release(pod.key(), pod.uid());
      }
    }
  }
}
