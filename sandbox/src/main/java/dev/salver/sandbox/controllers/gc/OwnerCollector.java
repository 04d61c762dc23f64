package dev.salver.sandbox.controllers.gc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Removes objects all of whose owners are gone, told by uid. An owner of a kind that is not served
 * here counts as being there.
 */
public final class OwnerCollector implements Controller {
  private final Writer writer;
  private final Map<Gvk, ResourceType> types;

  /** Who names an object as owner; as large as there are owner references. */
  private final Map<ObjectKey, Set<ObjectKey>> dependents = new ConcurrentHashMap<>();

  public OwnerCollector(Writer writer) {
    this.writer = writer;
    this.types =
        writer.api().types().stream()
            .collect(Collectors.toMap(ResourceType::gvk, Function.identity()));
  }

  @Override
  public String name() {
    return "garbage collector";
  }

  @Override
  public List<Source> sources() {
    return types.values().stream().map(type -> new Source(type, this::wakes)).toList();
  }

  private Collection<ObjectKey> wakes(KubeObject object) {
    for (ObjectKey owner : owners(object)) {
      dependents.computeIfAbsent(owner, key -> ConcurrentHashMap.newKeySet()).add(object.key());
    }
    var keys = new ArrayList<>(dependents.getOrDefault(object.key(), Set.of()));
    keys.add(object.key());
    return keys;
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject object = writer.get(key).orElse(null);
    if (object == null) {
      dependents.values().removeIf(keys -> keys.remove(key) && keys.isEmpty());
      return Optional.empty();
    }
    JsonNode references = object.metadata().path("ownerReferences");
    if (object.isBeingDeleted() || references.isEmpty()) {
      return Optional.empty();
    }
    for (JsonNode reference : references) {
      Optional<ObjectKey> owner = owner(object, reference);
      boolean there =
          owner.isEmpty()
              || writer
                  .get(owner.get())
                  .filter(found -> found.uid().equals(reference.path("uid").asText()))
                  .isPresent();
      if (there) {
        return Optional.empty();
      }
    }
    writer.delete(object);
    return Optional.empty();
  }

  private List<ObjectKey> owners(KubeObject object) {
    var owners = new ArrayList<ObjectKey>();
    for (JsonNode reference : object.metadata().path("ownerReferences")) {
      owner(object, reference).ifPresent(owners::add);
    }
    return owners;
  }

  private Optional<ObjectKey> owner(KubeObject object, JsonNode reference) {
    Gvk gvk = Gvk.of(reference.path("apiVersion").asText(), reference.path("kind").asText());
    ResourceType type = types.get(gvk);
    return type == null
        ? Optional.empty()
        : Optional.of(
            new ObjectKey(
                gvk, type.namespaced() ? object.namespace() : "", reference.path("name").asText()));
  }
}
