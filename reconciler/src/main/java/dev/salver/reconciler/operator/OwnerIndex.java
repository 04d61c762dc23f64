package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which objects belong to whom, kept up to date by informers, and who is to look when they move.
 */
final class OwnerIndex implements Informer.Listener {
  private final Function<KubeObject, Optional<ObjectKey>> ownerOf;
  private final Consumer<ObjectKey> touched;
  private final Map<ObjectKey, Set<ObjectKey>> owned = new HashMap<>();

  OwnerIndex(Function<KubeObject, Optional<ObjectKey>> ownerOf, Consumer<ObjectKey> touched) {
    this.ownerOf = ownerOf;
    this.touched = touched;
  }

  @Override
  public void changed(@Nullable KubeObject before, @Nullable KubeObject after) {
    Optional<ObjectKey> old = Optional.ofNullable(before).flatMap(ownerOf);
    Optional<ObjectKey> now = Optional.ofNullable(after).flatMap(ownerOf);
    synchronized (this) {
      if (before != null && old.isPresent()) {
        Set<ObjectKey> keys = owned.getOrDefault(old.get(), new TreeSet<>());
        keys.remove(before.key());
        if (keys.isEmpty()) {
          owned.remove(old.get());
        }
      }
      if (after != null && now.isPresent()) {
        owned.computeIfAbsent(now.get(), key -> new TreeSet<>()).add(after.key());
      }
    }
    old.ifPresent(touched);
    now.filter(key -> !old.equals(Optional.of(key))).ifPresent(touched);
  }

  synchronized List<ObjectKey> of(ObjectKey owner) {
    return List.copyOf(owned.getOrDefault(owner, Set.of()));
  }

  synchronized List<ObjectKey> owners() {
    return List.copyOf(owned.keySet());
  }
}
