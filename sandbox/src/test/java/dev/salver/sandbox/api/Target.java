package dev.salver.sandbox.api;

import java.util.stream.Stream;

/** An API that the contract is tried on. Each test has a namespace of its own in it. */
interface Target extends AutoCloseable {
  Api api();

  static Stream<Target> all() {
    return Stream.of(new InProcess());
  }

  @Override
  void close();

  /** The core itself. */
  final class InProcess implements Target {
    private final dev.salver.kube.run.SystemScheduler scheduler =
        new dev.salver.kube.run.SystemScheduler();
    private final SandboxApi api = SandboxApi.inMemory(scheduler, SandboxApi.Options.standard());

    @Override
    public Api api() {
      return api;
    }

    @Override
    public void close() {
      api.close();
      scheduler.close();
    }

    @Override
    public String toString() {
      return "in process";
    }
  }
}
