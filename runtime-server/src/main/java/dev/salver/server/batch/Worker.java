package dev.salver.server.batch;

import dev.salver.server.codec.Decoded;
import dev.salver.server.engine.Engine;
import dev.salver.server.engine.RunOutcome;
import dev.salver.server.tensor.BatchSlot;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** One inference thread with its slot and its runner. */
final class Worker {
  private final BlockingQueue<Call> queue;
  private final Timings timings;
  private final Thread thread;
  private final Engine.Runner runner;
  private final BatchSlot slot;
  private @Nullable Watchdog watchdog;
  private volatile boolean stopping;
  private long deadline;
  private boolean running;

  Worker(Engine engine, BlockingQueue<Call> queue, Timings timings, int number) {
    this.queue = queue;
    this.timings = timings;
    this.runner = engine.runner();
    this.slot = new BatchSlot(engine.model());
    this.thread = new Thread(this::work, "inference-" + number);
    thread.setDaemon(true);
  }

  void start(Watchdog guard) {
    watchdog = guard;
    thread.start();
  }

  void stop() {
    stopping = true;
    thread.interrupt();
    synchronized (this) {
      if (running) {
        runner.cancel();
      }
    }
  }

  boolean join(Duration patience) {
    try {
      boolean ended = thread.join(patience);
      if (ended) {
        runner.close();
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Cancels the run under way where its time is over; the answer is whether one is still under way.
   */
  synchronized boolean expire(long now) {
    if (running && now - deadline >= 0) {
      runner.cancel();
      running = false;
    }
    return running;
  }

  private synchronized void arm(long until) {
    deadline = until;
    running = true;
  }

  private synchronized void disarm() {
    running = false;
  }

  private void work() {
    while (!stopping) {
      Call call;
      try {
        call = InferencePool.next(queue);
      } catch (InterruptedException e) {
        continue;
      }
      if (call.gone().getAsBoolean()) {
        call.reply().accept(new Answer.Expired());
        continue;
      }
      Answer answer;
      try {
        answer = serve(call);
      } catch (RuntimeException | OutOfMemoryError e) {
        answer = new Answer.Broken("the server failed on this request: " + e);
      }
      call.reply().accept(answer);
    }
  }

  private Answer serve(Call call) {
    long start = System.nanoTime();
    timings.queued(start - call.arrived());
    if (start - call.deadline() >= 0) {
      return new Answer.Expired();
    }
    slot.reset();
    Decoded decoded = call.codec().decode(call.body(), slot);
    long read = System.nanoTime();
    timings.decoded(read - start);
    if (decoded instanceof Decoded.Refused(String message)) {
      return new Answer.Refused(message);
    }
    RunOutcome outcome = run(call.deadline());
    long ran = System.nanoTime();
    timings.ran(ran - read);
    return switch (outcome) {
      case RunOutcome.Done() -> {
        byte[] body = call.codec().encode((Decoded.Request) decoded, slot);
        timings.encoded(System.nanoTime() - ran);
        yield new Answer.Done(body);
      }
      case RunOutcome.BadInput(String message) ->
          new Answer.Refused("the model does not take this input: " + message);
      case RunOutcome.Broken(String message) -> new Answer.Broken("the model failed: " + message);
      case RunOutcome.Cancelled() -> new Answer.Expired();
    };
  }

  private RunOutcome run(long until) {
    arm(until);
    if (watchdog != null) {
      watchdog.wake();
    }
    try {
      return runner.run(slot);
    } finally {
      disarm();
    }
  }
}
