package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The one core behind both faces: controllers call it in process as {@link Api}, {@code ApiServer}
 * puts it on HTTPS. Thread-safe; reads give consistent snapshots.
 */
public final class SandboxApi implements Api, AutoCloseable {
  private static final String SYSTEM = "salver-sandbox";

  private final Scheduler scheduler;
  private final Journal journal;
  private final Types types;
  private final Store store;
  private final Deletion deletion;
  private final Writes writes;

  /**
   * How a sandbox's API is set up.
   *
   * @param types what it serves
   * @param admission what happens to objects before they are stored
   * @param random names and uids; seeded where a run must be repeatable
   * @param history how many changes a watch may lag behind before 410 Gone
   */
  public record Options(
      List<ResourceType> types, Admission admission, RandomGenerator random, int history) {
    public static Options standard() {
      return new Options(ResourceTypes.ALL, Admission.NONE, new SecureRandom(), 8192);
    }

    public Options with(Admission other) {
      return new Options(types, other, random, history);
    }

    public Options withRandom(RandomGenerator other) {
      return new Options(types, admission, other, history);
    }

    public Options withHistory(int changes) {
      return new Options(types, admission, random, changes);
    }
  }

  private SandboxApi(Scheduler scheduler, Journal journal, Options options) {
    this.scheduler = scheduler;
    this.journal = journal;
    types = new Types(options.types());
    store = new Store(types, journal, options.history());
    deletion = new Deletion(store, types, scheduler);
    writes = new Writes(store, types, options.admission(), scheduler, options.random(), deletion);
    for (String namespace : List.of("default", "kube-system")) {
      KubeObject object = KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", namespace);
      if (get(object.key()).isEmpty()) {
        create(object, SYSTEM);
      }
    }
  }

  /** An API that forgets everything when it ends. */
  public static SandboxApi inMemory(Scheduler scheduler, Options options) {
    return new SandboxApi(scheduler, Journal.NONE, options);
  }

  /**
   * An API that keeps its objects, uids and versions in a folder.
   *
   * @param state empty to forget everything when it ends
   * @throws IOException where what the folder holds can't be read
   */
  public static SandboxApi open(Scheduler scheduler, Optional<StateFolder> state, Options options)
      throws IOException {
    return state.isEmpty()
        ? inMemory(scheduler, options)
        : new SandboxApi(scheduler, new KeptJournal(scheduler, state.get()), options);
  }

  @Override
  public Optional<KubeObject> get(ObjectKey key) {
    return store.get(types.require(key.gvk()), key);
  }

  @Override
  public Listing list(ResourceType type, String namespace, Selector labels) {
    ResourceType served = types.require(type.gvk());
    synchronized (store) {
      var items =
          store.all(served).stream()
              .filter(object -> namespace.isEmpty() || object.namespace().equals(namespace))
              .filter(labels)
              .toList();
      return new Listing(items, store.version());
    }
  }

  @Override
  public KubeObject create(KubeObject object, String fieldManager) {
    return create(object, WriteOptions.by(fieldManager));
  }

  public KubeObject create(KubeObject object, WriteOptions options) {
    return writes.create(object, options);
  }

  @Override
  public KubeObject update(KubeObject object, String fieldManager) {
    return update(object, WriteOptions.by(fieldManager));
  }

  @Override
  public KubeObject updateStatus(KubeObject object, String fieldManager) {
    return update(object, WriteOptions.by(fieldManager).withSubresource("status"));
  }

  public KubeObject update(KubeObject object, WriteOptions options) {
    return writes.modify(object.key(), live -> object.tree(), options);
  }

  /** Changes the live object by a function of it, which gets a tree of its own. */
  public KubeObject modify(ObjectKey key, UnaryOperator<ObjectNode> change, WriteOptions options) {
    return writes.modify(key, change, options);
  }

  @Override
  public KubeObject apply(KubeObject object, String fieldManager, boolean force) {
    return apply(object, WriteOptions.by(fieldManager).forced(force));
  }

  public KubeObject apply(KubeObject object, WriteOptions options) {
    return writes.apply(object, options);
  }

  @Override
  public void delete(ObjectKey key, Preconditions preconditions) {
    try {
      deletion.delete(key, DeleteOptions.with(preconditions));
    } catch (ApiException e) {
      if (e.code() != 404) {
        throw e;
      }
    }
  }

  /** Deletes; returns the marked object or its last state. 404 where nothing is there. */
  public KubeObject delete(ObjectKey key, DeleteOptions options) {
    return deletion.delete(key, options);
  }

  @Override
  public AutoCloseable watch(ResourceType type, Selector labels, Consumer<Event> consumer) {
    return new ProcessWatch(store, types.require(type.gvk()), labels, consumer, scheduler);
  }

  @Override
  public List<ResourceType> types() {
    return types.all();
  }

  /** The type served at a path's group, version and plural. */
  public Optional<ResourceType> typeAt(String group, String version, String plural) {
    return types.at(group, version, plural);
  }

  /** Whether Kubernetes itself knows a kind, as opposed to a CRD. */
  public static boolean isBuiltIn(ResourceType type) {
    return Types.builtIn(type);
  }

  /**
   * One page of a list.
   *
   * @throws ApiException 410 where the page's version is no longer known
   */
  public Query.Page page(ResourceType type, Query query) {
    return Paging.list(store, type, query);
  }

  /** Follows a type from all that is there now. */
  public Feed feed(ResourceType type, Predicate<KubeObject> filter) {
    return Feed.ofAll(store, type, filter);
  }

  /** Follows a type from after a version; 410 comes with the first read where that is too old. */
  public Feed feedAfter(ResourceType type, Predicate<KubeObject> filter, long version) {
    return Feed.after(store, type, filter, version);
  }

  /** The newest version. */
  public long version() {
    return store.version();
  }

  public Instant now() {
    return scheduler.now();
  }

  /** Ends the keeping of state; what was written is synced. */
  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
