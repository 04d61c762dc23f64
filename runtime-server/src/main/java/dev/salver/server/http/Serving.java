package dev.salver.server.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the server stands: loading, then ready, then draining. Safe for all threads. */
public final class Serving {
  private final String name;
  private final AtomicReference<@Nullable Served> served = new AtomicReference<>();
  private Runnable then = () -> {};
  private volatile boolean draining;

  public Serving(String name) {
    this.name = name;
  }

  /** The model's name. */
  public String name() {
    return name;
  }

  /** The model is loaded and warm. */
  public void ready(Served model) {
    Runnable waiting;
    synchronized (this) {
      served.set(model);
      waiting = then;
    }
    waiting.run();
  }

  /** Has something done once the model is ready, or now if it is. */
  public void whenReady(Runnable action) {
    synchronized (this) {
      if (served.get() == null) {
        then = action;
        return;
      }
    }
    action.run();
  }

  /** No longer ready; requests that still come are answered. */
  public void drain() {
    draining = true;
  }

  public boolean ready() {
    return served.get() != null && !draining;
  }

  /** The model, once it is loaded and warm. */
  public Optional<Served> served() {
    return Optional.ofNullable(served.get());
  }
}
