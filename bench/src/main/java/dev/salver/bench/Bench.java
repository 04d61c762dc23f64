package dev.salver.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.terminal.Table;
import dev.salver.kube.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that Salver says about its speed, measured now, on this machine, beside a peer or a
 * limit. Prints a table and keeps the figures as JSON.
 */
public final class Bench {
  private Bench() {}

  /** Arguments: the checkout, the assembled build, the number of rounds. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path checkout = Path.of(args[0]).toAbsolutePath();
    var build = new Build(checkout, Path.of(args[1]).toAbsolutePath());
    int rounds = Integer.parseInt(args[2]);
    Path results = checkout.resolve("bench/target/results");
    Files.createDirectories(results);
    Path log = results.resolve("children.log");
    Files.deleteIfExists(log);

    var measured = new ArrayList<Measured>();
    measured.addAll(new FormatCost(checkout).measure(rounds));
    measured.addAll(new Recheck().measure(rounds));
    measured.addAll(new Scale(build, log).measure(rounds));
    measured.addAll(new ServerCost(build, log).measure(rounds));
    measured.addAll(new ColdStart(build, log).measure(rounds));
    measured.addAll(new UpToAnswer(build, log).measure(rounds));
    print(measured);
    System.out.println("kept in " + keep(results, rounds, measured));
  }

  private static void print(List<Measured> measured) {
    var table = new Table("FIGURE", "MEDIAN", "MIN–MAX", "BESIDE", "ITS MEDIAN", "RATIO");
    measured.forEach(one -> table.row(one.row()));
    table.lines().forEach(System.out::println);
  }

  private static Path keep(Path results, int rounds, List<Measured> measured) throws IOException {
    ObjectNode run = Json.object();
    run.put("at", Instant.now().toString());
    run.put("java", Runtime.version().toString());
    run.put("processors", Runtime.getRuntime().availableProcessors());
    run.put("rounds", rounds);
    ArrayNode figures = run.putArray("figures");
    measured.forEach(one -> figures.add(one.json()));
    Path file = results.resolve("bench.json");
    Files.writeString(file, run.toPrettyString() + "\n");
    return file;
  }
}
