package dev.salver.server.batch;

import dev.salver.server.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute, and the bounded queue before them. A thread takes a call, reads it into
 * its slot, runs the engine and writes the answer: a batch of one. Whoever batches takes several
 * calls into one slot in {@link Worker}.
 */
public final class InferencePool {
  private final BlockingQueue<Call> queue;
  private final List<Worker> workers = new ArrayList<>();
  private final Watchdog watchdog;

  /**
   * Starts the threads.
   *
   * @param threads that compute at the same time
   * @param waiting calls that may wait for one
   */
  public InferencePool(Engine engine, int threads, int waiting, Timings timings) {
    this.queue = new ArrayBlockingQueue<>(waiting);
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(engine, queue, timings, i));
    }
    this.watchdog = new Watchdog(workers);
    workers.forEach(worker -> worker.start(watchdog));
    watchdog.start();
  }

  /** Takes a call, which is then answered in any case; false where the queue is full. */
  public boolean submit(Call call) {
    return queue.offer(call);
  }

  /** Calls that wait. */
  public int waiting() {
    return queue.size();
  }

  /**
   * Cancels what runs and ends the threads; whether all ended, so that the engine may be closed.
   */
  public boolean stop(Duration patience) {
    workers.forEach(Worker::stop);
    watchdog.stop();
    boolean ended = true;
    for (Worker worker : workers) {
      ended &= worker.join(patience);
    }
    return ended;
  }

  static Call next(BlockingQueue<Call> queue) throws InterruptedException {
    Call call = null;
    while (call == null) {
      call = queue.poll(1, TimeUnit.HOURS);
    }
    return call;
  }
}
