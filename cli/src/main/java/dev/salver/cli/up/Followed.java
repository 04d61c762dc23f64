package dev.salver.cli.up;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.ServiceView;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Follows the services of the sandbox and tells of each change that matters to a person. */
final class Followed implements AutoCloseable {
  /** How much of a log that stands for a reason is shown. */
  private static final int LAST_LINES = 5;

  private final Terminal terminal;
  private final Function<String, String> places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, KubeObject> services = new TreeMap<>();
  private final Map<String, KubeObject> pods = new TreeMap<>();
  private Map<String, ServiceView> views = Map.of();
  private final List<AutoCloseable> watches = new ArrayList<>();
  private boolean talking;

  /**
   * Starts following.
   *
   * @param places a service's name → where it is declared, for what is said about it
   */
  static Followed start(Api api, Terminal terminal, Function<String, String> places) {
    var followed = new Followed(terminal, places);
    followed.watch(api, ResourceTypes.POD, followed.pods);
    followed.watch(api, ResourceTypes.INFERENCE_SERVICE, followed.services);
    return followed;
  }

  private Followed(Terminal terminal, Function<String, String> places) {
    this.terminal = terminal;
    this.places = places;
  }

  /** From now on every change is told; before, only failures are. */
  void talk() {
    lock.lock();
    try {
      talking = true;
    } finally {
      lock.unlock();
    }
  }

  /** A request found no process; {@code after} is what its sender waited for the answer. */
  void awakened(String revision, Duration after) {
    String name =
        views().stream()
            .filter(view -> view.revision().equals(revision))
            .map(ServiceView::name)
            .findFirst()
            .orElse(revision);
    terminal.step("woke", name + "; the request was answered after " + Terminal.seconds(after));
  }

  /** Every service now, by name. */
  List<ServiceView> views() {
    lock.lock();
    try {
      return List.copyOf(views.values());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the services satisfy a condition.
   *
   * @return whether they did in time
   */
  boolean await(Predicate<List<ServiceView>> condition, Duration patience)
      throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!condition.test(List.copyOf(views.values()))) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    for (AutoCloseable watch : watches) {
      try {
        watch.close();
      } catch (Exception e) {
        throw new IllegalStateException("a watch in process has nothing to fail with", e);
      }
    }
  }

  private void watch(Api api, ResourceType type, Map<String, KubeObject> into) {
    watches.add(
        api.watch(
            type,
            Selector.ANY,
            event -> {
              lock.lock();
              try {
                String key = event.object().namespace() + "/" + event.object().name();
                if (event.type() == Api.Event.Type.DELETED) {
                  into.remove(key);
                } else {
                  into.put(key, event.object());
                }
                refresh();
                changed.signalAll();
              } finally {
                lock.unlock();
              }
            }));
  }

  private void refresh() {
    var now = new TreeMap<String, ServiceView>();
    List<KubeObject> all = List.copyOf(pods.values());
    services.forEach((key, service) -> now.put(key, ServiceView.of(service, all)));
    if (!talking) {
      now.forEach((key, view) -> tellFailure(views.get(key), view));
    } else {
      now.forEach((key, view) -> tell(views.get(key), view));
      views.forEach(
          (key, view) -> {
            if (!now.containsKey(key)) {
              terminal.step("removed", view.name());
            }
          });
    }
    views = now;
  }

  private void tell(@Nullable ServiceView before, ServiceView now) {
    String name = now.name();
    if (before == null) {
      terminal.step("added", name);
      return;
    }
    if (tellFailure(before, now)) {
      return;
    }
    if (now.state().equals("ready") && !before.state().equals("ready")) {
      terminal.step("ready", name + revision(now));
    } else if (now.state().equals("ready") && !before.revision().equals(now.revision())) {
      terminal.step("ready", name + revision(now));
    } else if (now.ready() && now.pods() == 0 && before.pods() > 0) {
      terminal.step("idle", name + " scaled to zero");
    } else if (now.state().equals("updating") && before.state().equals("ready")) {
      terminal.step("updating", name);
    }
  }

  /** A failure is told when it is new or has another reason. */
  private boolean tellFailure(@Nullable ServiceView before, ServiceView now) {
    boolean told = before != null && before.failed() && before.why().equals(now.why());
    if (!now.failed() || told) {
      return false;
    }
    List<String> lines = now.why().lines().toList();
    String first = lines.isEmpty() ? "failed" : lines.getFirst();
    terminal.problem(now.name() + ": " + first + at(now.name()));
    lines.stream()
        .skip(Math.max(1, lines.size() - LAST_LINES))
        .forEach(line -> terminal.err().println("      " + line));
    return true;
  }

  private String at(String name) {
    String place = places.apply(name);
    return place.isEmpty() ? "" : " (" + place + ")";
  }

  private static String revision(ServiceView view) {
    return view.revision().isEmpty() ? "" : ", revision " + view.revision();
  }
}
