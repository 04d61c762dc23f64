package dev.salver.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.state.StateFolder;
import dev.salver.sandbox.state.StateLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes in a {@link StateLog}, one JSON record each. Synced a second after a write at the latest,
 * so a crash of the machine costs a second of writes and one of the process none.
 */
final class KeptJournal implements Journal {
  private static final Duration SYNC = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final StateLog log;
  private final Map<ObjectKey, KubeObject> restored = new LinkedHashMap<>();
  private long lastVersion;
  private boolean dirty;
  private boolean closed;

  KeptJournal(Scheduler scheduler, StateFolder folder) throws IOException {
    this.scheduler = scheduler;
    log = StateLog.open(folder, "objects", this::replay);
  }

  @Override
  public long restore(Consumer<KubeObject> objects) {
    restored.values().forEach(objects);
    restored.clear();
    return lastVersion;
  }

  @Override
  public void put(long version, KubeObject object, Supplier<Collection<KubeObject>> all) {
    ObjectNode entry = Json.object().put("v", version);
    entry.set("put", object.tree());
    append(entry, version, all);
  }

  @Override
  public void remove(long version, ObjectKey key, Supplier<Collection<KubeObject>> all) {
    ObjectNode entry = Json.object().put("v", version);
    entry
        .putObject("remove")
        .put("apiVersion", key.gvk().apiVersion())
        .put("kind", key.gvk().kind())
        .put("namespace", key.namespace())
        .put("name", key.name());
    append(entry, version, all);
  }

  private synchronized void append(
      ObjectNode entry, long version, Supplier<Collection<KubeObject>> all) {
    if (log.isLong()) {
      compact(version - 1, all.get());
    }
    log.append(bytes(entry));
    if (!dirty) {
      dirty = true;
      scheduler.after(SYNC, this::sync);
    }
  }

  private void compact(long version, Collection<KubeObject> all) {
    var records = new ArrayList<byte[]>();
    records.add(bytes(Json.object().put("v", version)));
    for (KubeObject object : all) {
      ObjectNode entry = Json.object().put("v", version);
      entry.set("put", object.tree());
      records.add(bytes(entry));
    }
    log.compact(records);
  }

  private synchronized void sync() {
    dirty = false;
    if (!closed) {
      log.sync();
    }
  }

  private void replay(byte[] bytes) {
    JsonNode entry = Json.parse(new String(bytes, StandardCharsets.UTF_8));
    lastVersion = Math.max(lastVersion, entry.path("v").asLong());
    if (entry.path("put") instanceof ObjectNode tree) {
      var object = new KubeObject(tree);
      restored.put(object.key(), object);
    } else if (entry.path("remove") instanceof ObjectNode key) {
      restored.remove(
          new ObjectKey(
              Gvk.of(key.path("apiVersion").asText(), key.path("kind").asText()),
              key.path("namespace").asText(),
              key.path("name").asText()));
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      log.close();
    }
  }

  private static byte[] bytes(JsonNode entry) {
    try {
      return Json.mapper().writeValueAsBytes(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
