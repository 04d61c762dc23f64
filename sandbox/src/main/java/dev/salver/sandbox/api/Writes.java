package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.apply.FieldManager;
import dev.salver.kube.apply.KnownStructures;
import dev.salver.kube.apply.Ownership;
import dev.salver.kube.run.Scheduler;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Create, replace, patch and apply: each from reading the live object to the commit in one. */
final class Writes {
  private static final int NAME_TRIES = 8;

  /** What etcd takes by default. */
  private static final int MAX_OBJECT = 3 * 512 * 1024;

  private final Store store;
  private final Types types;
  private final Admission admission;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Deletion deletion;

  Writes(
      Store store,
      Types types,
      Admission admission,
      Scheduler scheduler,
      RandomGenerator random,
      Deletion deletion) {
    this.store = store;
    this.types = types;
    this.admission = admission;
    this.scheduler = scheduler;
    this.random = random;
    this.deletion = deletion;
  }

  KubeObject create(KubeObject object, WriteOptions options) {
    ResourceType type = types.require(object.gvk());
    ObjectNode tree = Trees.canonical(object.tree());
    if (!object.resourceVersion().isEmpty()) {
      throw Failures.badRequest("resourceVersion should not be set on objects to be created");
    }
    synchronized (store) {
      nameAnew(type, tree);
      Metadata.begin(type, tree, scheduler.now(), random);
      KubeObject admitted = admitted(type, new KubeObject(tree), Optional.empty(), options);
      return commitNew(type, admitted.tree(), options, null);
    }
  }

  /** Makes the live object into what the function says; a refused name or version is a 409. */
  KubeObject modify(ObjectKey key, UnaryOperator<ObjectNode> change, WriteOptions options) {
    ResourceType type = types.require(key.gvk());
    if (options.ofStatus() && !type.hasStatus()) {
      throw Failures.noSuchResource();
    }
    synchronized (store) {
      KubeObject live = store.get(type, key).orElseThrow(() -> Failures.notFound(type, key.name()));
      ObjectNode next = Trees.canonical(change.apply(live.tree().deepCopy()));
      checkSame(type, live, new KubeObject(next));
      Ownership owners = owners(live, next);
      Metadata.keep(type, live.tree(), next, options.ofStatus());
      next = admittedOver(type, live, next, options);
      Trees.metadata(next).remove("managedFields");
      var after = manager(type).update(live.tree(), next, owners, writer(type, options));
      return commit(type, live, next, after, options);
    }
  }

  KubeObject apply(KubeObject object, WriteOptions options) {
    ResourceType type = types.require(object.gvk());
    ObjectNode config = Trees.canonical(object.tree());
    if (Trees.metadata(config).has("managedFields")) {
      throw Failures.badRequest("metadata.managedFields must be nil");
    }
    narrow(type, config, options);
    synchronized (store) {
      Optional<KubeObject> found = store.get(type, object.key());
      if (found.isEmpty()) {
        return applyNew(type, object, config, options);
      }
      KubeObject live = found.get();
      checkSame(type, live, object);
      Trees.metadata(config).remove("resourceVersion");
      Trees.metadata(config).remove("uid");
      var merged = merged(type, live.tree(), Ownership.of(live), config, options);
      ObjectNode next = merged.object();
      Metadata.keep(type, live.tree(), next, options.ofStatus());
      next = admittedOver(type, live, next, options);
      return commit(type, live, next, merged.ownership(), options);
    }
  }

  private KubeObject applyNew(
      ResourceType type, KubeObject object, ObjectNode config, WriteOptions options) {
    if (!options.subresource().isEmpty()) {
      throw Failures.notFound(type, object.name());
    }
    if (!object.uid().isEmpty()) {
      throw Failures.precondition(type, object.name(), "UID", object.uid(), "");
    }
    var merged = merged(type, Json.object(), Ownership.NONE, config, options);
    ObjectNode tree = merged.object();
    Metadata.begin(type, tree, scheduler.now(), random);
    KubeObject admitted = admitted(type, new KubeObject(tree), Optional.empty(), options);
    return commitNew(type, admitted.tree(), options, merged.ownership());
  }

  private FieldManager.Applied.Merged merged(
      ResourceType type,
      ObjectNode live,
      Ownership owners,
      ObjectNode config,
      WriteOptions options) {
    var applied = manager(type).apply(live, owners, config, writer(type, options), options.force());
    return switch (applied) {
      case FieldManager.Applied.Merged merged ->
          new FieldManager.Applied.Merged(Trees.canonical(merged.object()), merged.ownership());
      case FieldManager.Applied.Contested contested -> throw Failures.contested(contested);
      case FieldManager.Applied.Malformed malformed ->
          throw Failures.badRequest(
              "failed to create typed patch object ("
                  + config.path("metadata").path("name").asText()
                  + "; "
                  + type.gvk()
                  + "): "
                  + malformed.message());
    };
  }

  /** An applied document speaks of what its endpoint writes, and of nothing else. */
  private static void narrow(ResourceType type, ObjectNode config, WriteOptions options) {
    if (options.ofStatus()) {
      ObjectNode metadata = Trees.metadata(config).deepCopy();
      metadata.retain("name", "namespace", "resourceVersion", "uid");
      config.retain("apiVersion", "kind", "status");
      config.set("metadata", metadata);
    } else if (type.hasStatus()) {
      config.remove("status");
    }
  }

  private KubeObject commitNew(
      ResourceType type, ObjectNode tree, WriteOptions options, @Nullable Ownership owners) {
    KubeObject object = new KubeObject(tree);
    Trees.metadata(tree).remove("managedFields");
    Ownership owned =
        owners != null
            ? owners
            : manager(type).update(Json.object(), tree, Ownership.NONE, writer(type, options));
    write(tree, owned);
    Validation.check(type, object);
    if (store.get(type, object.key()).isPresent()) {
      throw Failures.alreadyExists(type, object.name());
    }
    deletion.requireOpenNamespace(type, object);
    checkSize(object);
    return options.dryRun() ? object : store.put(type, object);
  }

  private KubeObject commit(
      ResourceType type, KubeObject live, ObjectNode next, Ownership owners, WriteOptions options) {
    write(next, owners);
    Validation.finalizers(type, live.tree(), next);
    if (next.equals(live.tree())) {
      return live;
    }
    if (!options.ofStatus()) {
      Metadata.count(type, live.tree(), next);
    }
    KubeObject object = new KubeObject(next);
    Validation.check(type, object);
    checkSize(object);
    if (options.dryRun()) {
      return object;
    }
    if (object.isBeingDeleted() && !Metadata.isHeld(object)) {
      return deletion.remove(type, object);
    }
    return store.put(type, object);
  }

  private void nameAnew(ResourceType type, ObjectNode tree) {
    ObjectNode metadata = Trees.metadata(tree);
    String base = metadata.path("generateName").asText();
    if (!metadata.path("name").asText().isEmpty() || base.isEmpty()) {
      return;
    }
    for (int i = 0; i < NAME_TRIES; i++) {
      metadata.put("name", Metadata.generated(base, random));
      if (store.get(type, new KubeObject(tree).key()).isEmpty()) {
        return;
      }
    }
  }

  private KubeObject admitted(
      ResourceType type, KubeObject object, Optional<KubeObject> old, WriteOptions options) {
    KubeObject builtIn = BuiltIns.complete(type, object);
    return admission.admit(builtIn, old, options.fieldManager()).copy();
  }

  private ObjectNode admittedOver(
      ResourceType type, KubeObject live, ObjectNode next, WriteOptions options) {
    if (options.ofStatus()) {
      return next;
    }
    ObjectNode result =
        Trees.canonical(admitted(type, new KubeObject(next), Optional.of(live), options).tree());
    Metadata.keep(type, live.tree(), result, false);
    return result;
  }

  private static void checkSame(ResourceType type, KubeObject live, KubeObject next) {
    if (!next.gvk().equals(live.gvk())
        || !next.name().equals(live.name())
        || !next.namespace().equals(live.namespace())) {
      throw Failures.invalid(
          type, live.name(), "metadata.name", "Invalid value: the field is immutable");
    }
    if (!next.uid().isEmpty() && !next.uid().equals(live.uid())) {
      throw Failures.precondition(type, live.name(), "UID", next.uid(), live.uid());
    }
    if (!next.resourceVersion().isEmpty()
        && !next.resourceVersion().equals(live.resourceVersion())) {
      throw Failures.stale(type, live.name());
    }
  }

  /** A client may hand over ownership by writing managedFields; nonsense there is passed over. */
  private static Ownership owners(KubeObject live, ObjectNode next) {
    JsonNode given = Trees.metadata(next).path("managedFields");
    if (given.size() == 1 && given.path(0).isEmpty()) {
      return Ownership.NONE;
    }
    try {
      return given.isEmpty() ? Ownership.of(live) : Ownership.of(new KubeObject(next));
    } catch (IllegalArgumentException e) {
      return Ownership.of(live);
    }
  }

  private static void write(ObjectNode tree, Ownership owners) {
    ArrayNode entries = owners.toJson();
    if (entries.isEmpty()) {
      Trees.metadata(tree).remove("managedFields");
    } else {
      Trees.metadata(tree).set("managedFields", entries);
    }
  }

  private FieldManager.Writer writer(ResourceType type, WriteOptions options) {
    return new FieldManager.Writer(
        options.fieldManager(),
        type.gvk().apiVersion(),
        options.subresource(),
        Metadata.time(scheduler.now()));
  }

  private static FieldManager manager(ResourceType type) {
    return new FieldManager(KnownStructures.of(type.gvk()));
  }

  private static void checkSize(KubeObject object) {
    if (Json.write(object.tree()).length() > MAX_OBJECT) {
      throw new ApiException(
          413,
          "RequestEntityTooLarge",
          object.key()
              + " is larger than "
              + MAX_OBJECT
              + " bytes, which is the most for one object");
    }
  }
}
