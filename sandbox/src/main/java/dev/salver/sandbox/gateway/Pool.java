package dev.salver.sandbox.gateway;

import dev.salver.edge.InFlight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a backend at work: who has how much, and who waits. Least loaded of two choices where
 * a pod takes any number of requests; never more than its limit where it has one.
 */
final class Pool {
  /** A pod and the requests that it has now. */
  static final class Pod {
    final Backend.Address address;
    private final AtomicInteger inFlight = new AtomicInteger();

    Pod(Backend.Address address) {
      this.address = address;
    }

    private boolean takeBelow(int limit) {
      int now = inFlight.get();
      while (now < limit) {
        if (inFlight.compareAndSet(now, now + 1)) {
          return true;
        }
        now = inFlight.get();
      }
      return false;
    }
  }

  /** A request that waits for a pod. */
  static final class Waiter {
    private final long bytes;
    private final Consumer<Optional<Pod>> deliver;

    /**
     * A request to come.
     *
     * @param bytes that it holds in memory
     * @param deliver is given a pod, or nothing where there is no hope left; must not block
     */
    Waiter(long bytes, Consumer<Optional<Pod>> deliver) {
      this.bytes = bytes;
      this.deliver = deliver;
    }
  }

  private static final int QUEUE_PER_SLOT = 10;

  private final int maxWaiting;
  private final long maxWaitingBytes;
  private final InFlight load = new InFlight(System.nanoTime());
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private final List<Pod> leaving = new ArrayList<>();
  private long waitingBytes;
  private volatile boolean anyWaiting;
  private volatile Backend backend;
  private volatile Pod[] pods = new Pod[0];

  Pool(Backend backend, int maxWaiting, long maxWaitingBytes) {
    this.backend = backend;
    this.maxWaiting = maxWaiting;
    this.maxWaitingBytes = maxWaitingBytes;
    update(backend);
  }

  Backend backend() {
    return backend;
  }

  InFlight load() {
    return load;
  }

  boolean isEmpty() {
    return pods.length == 0;
  }

  /**
   * A pod with room for one more request, which it then has.
   *
   * @param avoid not this one, if there is another
   */
  @Nullable Pod take(@Nullable Pod avoid) {
    Pod[] now = pods;
    if (now.length == 0) {
      return null;
    }
    int limit = backend.concurrency() > 0 ? backend.concurrency() : Integer.MAX_VALUE;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int start = random.nextInt(now.length);
    Pod first = now[start];
    if (now.length > 1) {
      Pod second = now[(start + 1 + random.nextInt(now.length - 1)) % now.length];
      boolean swap =
          isSame(first, avoid)
              || (!isSame(second, avoid) && second.inFlight.get() < first.inFlight.get());
      first = swap ? second : first;
    }
    if (first.takeBelow(limit)) {
      return first;
    }
    for (int i = 0; i < now.length; i++) {
      Pod each = now[(start + i) % now.length];
      if (each.takeBelow(limit)) {
        return each;
      }
    }
    return null;
  }

  /** The request is done with its pod. */
  void giveBack(Pod pod) {
    pod.inFlight.decrementAndGet();
    if (anyWaiting) {
      dispatch();
    }
  }

  /**
   * Waits for a pod.
   *
   * @return false where the queue is full
   */
  synchronized boolean enqueue(Waiter waiter) {
    int slots = backend.concurrency() * pods.length;
    int bound = slots > 0 ? Math.min(maxWaiting, QUEUE_PER_SLOT * slots) : maxWaiting;
    if (waiting.size() >= bound || waitingBytes + waiter.bytes > maxWaitingBytes) {
      return false;
    }
    waiting.add(waiter);
    waitingBytes += waiter.bytes;
    anyWaiting = true;
    dispatch();
    return true;
  }

  /** Waits no longer. */
  synchronized void cancel(Waiter waiter) {
    if (waiting.remove(waiter)) {
      waitingBytes -= waiter.bytes;
      anyWaiting = !waiting.isEmpty();
    }
  }

  /** Takes over what the objects say now. */
  synchronized void update(Backend now) {
    var next = new ArrayList<Pod>();
    for (Backend.Address address : now.pods()) {
      next.add(known(address));
    }
    for (Pod pod : pods) {
      if (!next.contains(pod)) {
        leaving.add(pod);
      }
    }
    leaving.removeIf(pod -> pod.inFlight.get() == 0 || next.contains(pod));
    backend = now;
    pods = next.toArray(Pod[]::new);
    if (next.isEmpty() && now.failure().isPresent()) {
      giveUp();
    } else {
      dispatch();
    }
  }

  /** Requests under way to a pod, whether it still gets new ones or not. */
  synchronized int inFlight(String uid) {
    int sum = 0;
    for (Pod pod : pods) {
      sum += pod.address.uid().equals(uid) ? pod.inFlight.get() : 0;
    }
    for (Pod pod : leaving) {
      sum += pod.address.uid().equals(uid) ? pod.inFlight.get() : 0;
    }
    return sum;
  }

  private Pod known(Backend.Address address) {
    for (Pod pod : pods) {
      if (pod.address.equals(address)) {
        return pod;
      }
    }
    for (Pod pod : leaving) {
      if (pod.address.equals(address)) {
        return pod;
      }
    }
    return new Pod(address);
  }

  private synchronized void dispatch() {
    while (!waiting.isEmpty()) {
      Pod pod = take(null);
      if (pod == null) {
        break;
      }
      Waiter next = waiting.remove();
      waitingBytes -= next.bytes;
      next.deliver.accept(Optional.of(pod));
    }
    anyWaiting = !waiting.isEmpty();
  }

  private void giveUp() {
    for (Waiter waiter = waiting.poll(); waiter != null; waiter = waiting.poll()) {
      waiter.deliver.accept(Optional.empty());
    }
    waitingBytes = 0;
    anyWaiting = false;
  }

  private static boolean isSame(Pod pod, @Nullable Pod other) {
    return pod == other;
  }
}
