package dev.salver.cli.testing;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.source.Position;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.testing.Models;
import dev.salver.compiler.testing.Samples;
import dev.salver.compiler.testing.TestCase;
import dev.salver.compiler.testing.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs a program's tests one after the other, each in a time that is bounded. */
public final class Suite {
  private final Program program;
  private final Models models;
  private final Samples samples;
  private final Duration limit;

  /**
   * @param limit for each test, the start of the models that it asks first included
   */
  public Suite(Program program, Models models, Samples samples, Duration limit) {
    this.program = program;
    this.models = models;
    this.samples = samples;
    this.limit = limit;
  }

  /**
   * @param wanted by name
   * @param progress hears of each as it ends
   */
  public List<CaseResult> run(Predicate<String> wanted, Consumer<CaseResult> progress)
      throws InterruptedException {
    var results = new ArrayList<CaseResult>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (TestCase test : program.tests()) {
        if (wanted.test(test.name())) {
          CaseResult result = run(test, executor);
          progress.accept(result);
          results.add(result);
        }
      }
    }
    return results;
  }

  private CaseResult run(TestCase test, ExecutorService executor) throws InterruptedException {
    long from = System.nanoTime();
    Future<TestResult> running =
        executor.submit(() -> Compiler.run(program, test, models, samples));
    List<CaseResult.Failure> failures;
    try {
      failures =
          running.get(limit.toMillis(), TimeUnit.MILLISECONDS).failures().stream()
              .map(each -> new CaseResult.Failure(place(each.at()), each.message(), each.details()))
              .toList();
    } catch (TimeoutException e) {
      running.cancel(true);
      failures =
          List.of(
              new CaseResult.Failure(
                  place(test.at()),
                  "it was not over after " + limit.toSeconds() + " s",
                  List.of()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return new CaseResult(
        test.name(),
        test.environment(),
        place(test.at()),
        Duration.ofNanos(System.nanoTime() - from),
        failures);
  }

  private static CaseResult.Place place(Span span) {
    Position from = span.from();
    return new CaseResult.Place(span.file().path(), from.line(), from.column());
  }
}
