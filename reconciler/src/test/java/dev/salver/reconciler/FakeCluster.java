package dev.salver.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.cluster.ClusterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An API server in memory: server-side apply with managedFields and conflicts, versions, uids,
 * finalizers, watches. Deletes of owners delete nothing else.
 */
public final class FakeCluster implements Cluster {
  private final TreeMap<ObjectKey, KubeObject> objects = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Map<ObjectKey, Function<KubeObject, Optional<Write>>> admission = new HashMap<>();
  public final Set<ResourceType> unserved = new HashSet<>();
  public final List<String> writes = new ArrayList<>();
  public final List<String> events = new ArrayList<>();
  private Runnable afterWrite = () -> {};
  private Consumer<String> beforeCall = call -> {};
  private long version = 100;
  private long uids;

  private record Watch(ResourceType type, String namespace, Watcher watcher) {}

  /** The process died. Not an exception that anybody handles. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  // What tests do.

  /** Dies right after a number of writes. */
  public void dieAfter(int writes) {
    int[] left = {writes};
    afterWrite =
        () -> {
          if (--left[0] == 0) {
            throw new Killed();
          }
        };
  }

  public void live() {
    afterWrite = () -> {};
  }

  public void beforeEachCall(Consumer<String> hook) {
    beforeCall = hook;
  }

  public void goDown() {
    beforeCall =
        call -> {
          throw new ClusterException("the API server cannot be reached");
        };
  }

  public void comeBack() {
    beforeCall = call -> {};
  }

  public void refuse(ObjectKey key, int status, String message) {
    admission.put(key, object -> Optional.of(new Write.Refused(status, message)));
  }

  public void allow(ObjectKey key) {
    admission.remove(key);
  }

  /** Another actor's change, with a field manager of its own. */
  public KubeObject edit(ObjectKey key, String manager, Consumer<ObjectNode> change) {
    KubeObject before = objects.get(key);
    ObjectNode tree = before.tree().deepCopy();
    change.accept(tree);
    var old = FieldSets.leaves(before.tree());
    var now = FieldSets.leaves(tree);
    var changed = new HashSet<String>();
    now.forEach(
        (path, value) -> {
          if (!value.equals(old.get(path))) {
            changed.add(path);
          }
        });
    var managers = managers(before);
    managers.values().forEach(owned -> owned.removeAll(changed));
    managers.values().forEach(owned -> owned.retainAll(now.keySet()));
    managers.computeIfAbsent(manager + "/Update", m -> new HashSet<>()).addAll(changed);
    return store(tree, managers);
  }

  public KubeObject create(KubeObject object, String manager) {
    ObjectNode tree = object.tree().deepCopy();
    ((ObjectNode) tree.path("metadata")).put("uid", "uid-" + ++uids);
    var managers = new TreeMap<String, Set<String>>();
    managers.put(manager + "/Update", new HashSet<>(FieldSets.leaves(tree).keySet()));
    return store(tree, managers);
  }

  /** Another actor's delete. */
  public void remove(ObjectKey key) {
    KubeObject gone = objects.remove(key);
    if (gone != null) {
      ObjectNode last = gone.tree().deepCopy();
      ((ObjectNode) last.path("metadata")).put("resourceVersion", "" + ++version);
      tell(new KubeObject(last), Watcher::deleted);
    }
  }

  public void closeWatches(ResourceType type) {
    List.copyOf(watches).stream()
        .filter(watch -> watch.type().equals(type))
        .forEach(
            watch -> {
              watches.remove(watch);
              watch.watcher().closed("test");
            });
  }

  public List<ObjectKey> keys() {
    return List.copyOf(objects.keySet());
  }

  public List<String> writesMentioning(String text) {
    return writes.stream().filter(write -> write.contains(text)).toList();
  }

  // The port.

  @Override
  public Optional<KubeObject> get(ObjectKey key) {
    beforeCall.accept("get " + key);
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public Listing list(ResourceType type, String namespace, String labelSelector) {
    beforeCall.accept("list " + type.plural());
    return new Listing(
        objects.values().stream()
            .filter(o -> in(o, type, namespace))
            .filter(
                o ->
                    labelSelector.isEmpty()
                        || o.labels().entrySet().stream()
                            .anyMatch(l -> (l.getKey() + "=" + l.getValue()).equals(labelSelector)))
            .toList(),
        "" + version);
  }

  @Override
  public AutoCloseable watch(
      ResourceType type, String namespace, String resourceVersion, Watcher watcher) {
    var watch = new Watch(type, namespace, watcher);
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  @Override
  public Write apply(KubeObject desired, String fieldManager, boolean force) {
    beforeCall.accept("apply " + desired.key());
    ObjectKey key = desired.key();
    if (admission.containsKey(key)) {
      Optional<Write> refused = admission.get(key).apply(desired);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    if (!key.namespace().isEmpty()
        && !objects.containsKey(
            new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", key.namespace()))) {
      return new Write.Refused(404, "namespaces \"" + key.namespace() + "\" not found");
    }
    return merge(desired, fieldManager + "/Apply", force, "apply ");
  }

  @Override
  public Write applyStatus(KubeObject desired, String fieldManager) {
    beforeCall.accept("status " + desired.key());
    if (!objects.containsKey(desired.key())) {
      return new Write.Refused(404, "not found");
    }
    return merge(desired, fieldManager + "/Status", true, "status ");
  }

  private Write merge(KubeObject desired, String manager, boolean force, String verb) {
    KubeObject before = objects.get(desired.key());
    String expected = desired.resourceVersion();
    if (!expected.isEmpty() && (before == null || !before.resourceVersion().equals(expected))) {
      return new Write.Refused(409, "the object has been modified");
    }
    ObjectNode tree =
        before == null
            ? KubeObject.named(desired.gvk(), desired.namespace(), desired.name()).tree()
            : before.tree().deepCopy();
    var managers = before == null ? new TreeMap<String, Set<String>>() : managers(before);
    var wanted = FieldSets.leaves(desired.tree());
    var live = FieldSets.leaves(tree);
    var conflicts = new ArrayList<String>();
    managers.forEach(
        (other, owned) -> {
          for (String path : owned) {
            if (!other.equals(manager)
                && wanted.containsKey(path)
                && !wanted.get(path).equals(live.get(path))) {
              conflicts.add(FieldSets.readable(path) + " of " + other);
            }
          }
        });
    if (!conflicts.isEmpty() && !force) {
      return new Write.Contested(String.join(", ", conflicts));
    }
    var others = new HashSet<String>();
    managers.forEach((other, owned) -> others.addAll(other.equals(manager) ? Set.of() : owned));
    for (String path : managers.getOrDefault(manager, new HashSet<>())) {
      if (!wanted.containsKey(path) && !others.contains(path)) {
        FieldSets.remove(tree, path);
      }
    }
    wanted.forEach(
        (path, value) -> {
          if (!value.equals(live.get(path))) {
            managers.values().forEach(owned -> owned.remove(path));
          }
          FieldSets.set(tree, path, value);
        });
    managers.put(manager, new HashSet<>(wanted.keySet()));
    if (before != null && same(before.tree(), tree) && managers.equals(managers(before))) {
      return new Write.Applied(before);
    }
    if (before == null) {
      ((ObjectNode) tree.path("metadata")).put("uid", "uid-" + ++uids);
    }
    writes.add(verb + desired.key());
    KubeObject stored = store(tree, managers);
    afterWrite.run();
    return new Write.Applied(stored);
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.equals(other);
  }

  @Override
  public boolean delete(ObjectKey key, String uid) {
    beforeCall.accept("delete " + key);
    KubeObject found = objects.get(key);
    if (found == null || (!uid.isEmpty() && !found.uid().equals(uid))) {
      return false;
    }
    writes.add("delete " + key);
    if (found.metadata().path("finalizers").isEmpty()) {
      remove(key);
    } else if (!found.isBeingDeleted()) {
      ObjectNode tree = found.tree().deepCopy();
      ((ObjectNode) tree.path("metadata")).put("deletionTimestamp", "2026-11-22T12:00:00Z");
      store(tree, managers(found));
    }
    afterWrite.run();
    return true;
  }

  @Override
  public void event(KubeObject regarding, String type, String reason, String message) {
    events.add(regarding.key() + " " + type + " " + reason + " " + message);
  }

  @Override
  public boolean serves(ResourceType type) {
    beforeCall.accept("serves " + type.plural());
    return !unserved.contains(type);
  }

  @Override
  public void close() {}

  // Inside.

  private KubeObject store(ObjectNode tree, Map<String, Set<String>> managers) {
    ObjectNode metadata = (ObjectNode) tree.path("metadata");
    metadata.put("resourceVersion", "" + ++version);
    var fields = metadata.putArray("managedFields");
    managers.forEach(
        (manager, owned) -> {
          if (!owned.isEmpty()) {
            int slash = manager.indexOf('/');
            boolean status = manager.endsWith("/Status");
            ObjectNode entry = fields.addObject();
            entry.put("manager", manager.substring(0, slash));
            entry.put("operation", status ? "Apply" : manager.substring(slash + 1));
            if (status) {
              entry.put("subresource", "status");
            }
            entry.set("fieldsV1", FieldSets.fields(owned.stream().sorted().toList()));
          }
        });
    var stored = new KubeObject((ObjectNode) Json.parse(Json.write(tree)));
    objects.put(stored.key(), stored);
    tell(stored, Watcher::changed);
    return stored;
  }

  private static Map<String, Set<String>> managers(KubeObject object) {
    var managers = new TreeMap<String, Set<String>>();
    for (JsonNode entry : object.metadata().path("managedFields")) {
      String kind = entry.has("subresource") ? "Status" : entry.path("operation").asText();
      managers.put(
          entry.path("manager").asText() + "/" + kind,
          new HashSet<>(FieldSets.paths(entry.path("fieldsV1"))));
    }
    return managers;
  }

  private void tell(KubeObject object, BiConsumer<Watcher, KubeObject> event) {
    List.copyOf(watches).stream()
        .filter(watch -> in(object, watch.type(), watch.namespace()))
        .forEach(watch -> event.accept(watch.watcher(), object));
  }

  private static boolean in(KubeObject object, ResourceType type, String namespace) {
    return object.gvk().equals(type.gvk())
        && (namespace.isEmpty() || object.namespace().equals(namespace));
  }
}
