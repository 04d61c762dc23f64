package dev.salver.compiler.testing;

import dev.salver.kube.graph.Fan;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Runs what is waited for, and nothing else. */
record Unshadowed(Fan fan) implements Fan {
  @Override
  public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
    return fan.all(tasks);
  }

  @Override
  public <T> List<T> until(List<? extends Callable<T>> tasks, Predicate<T> enough)
      throws InterruptedException {
    return fan.until(tasks, enough);
  }

  @Override
  public void aside(Runnable task) {}
}
