package dev.salver.kube.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** How the branches of {@code all} run, and shadows beside a step. */
public interface Fan {
  /** Every result, in the order of the tasks. */
  <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException;

  /** Results as they come, up to the first that is enough; the tasks left then are given up. */
  <T> List<T> until(List<? extends Callable<T>> tasks, Predicate<T> enough)
      throws InterruptedException;

  /** Runs something that nobody waits for. */
  void aside(Runnable task);

  /** One after the other in the caller's thread, for tests and rehearsals. */
  static Fan inOrder() {
    return new Fan() {
      @Override
      public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
        return until(tasks, result -> false);
      }

      @Override
      public <T> List<T> until(List<? extends Callable<T>> tasks, Predicate<T> enough)
          throws InterruptedException {
        var results = new ArrayList<T>();
        for (Callable<T> task : tasks) {
          T result = call(task);
          results.add(result);
          if (enough.test(result)) {
            break;
          }
        }
        return results;
      }

      @Override
      public void aside(Runnable task) {
        task.run();
      }
    };
  }

  /** Side by side; an executor of virtual threads never keeps a branch waiting for another. */
  static Fan on(ExecutorService executor) {
    return new Fan() {
      @Override
      public <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
        var futures = new ArrayList<Future<T>>();
        try {
          tasks.forEach(task -> futures.add(executor.submit(task)));
          var results = new ArrayList<T>();
          for (Future<T> future : futures) {
            results.add(get(future));
          }
          return results;
        } finally {
          futures.forEach(future -> future.cancel(true));
        }
      }

      @Override
      public <T> List<T> until(List<? extends Callable<T>> tasks, Predicate<T> enough)
          throws InterruptedException {
        var completion = new ExecutorCompletionService<T>(executor);
        var futures = new ArrayList<Future<T>>();
        try {
          tasks.forEach(task -> futures.add(completion.submit(task)));
          var results = new ArrayList<T>();
          for (int i = 0; i < futures.size(); i++) {
            T result = get(completion.take());
            results.add(result);
            if (enough.test(result)) {
              break;
            }
          }
          return results;
        } finally {
          futures.forEach(future -> future.cancel(true));
        }
      }

      @Override
      public void aside(Runnable task) {
        executor.execute(task);
      }
    };
  }

  private static <T> T call(Callable<T> task) throws InterruptedException {
    try {
      return task.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
