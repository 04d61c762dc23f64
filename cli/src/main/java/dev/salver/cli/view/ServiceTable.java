package dev.salver.cli.view;

import dev.salver.cli.terminal.Table;
import dev.salver.cli.terminal.Terminal;
import java.util.List;
import java.util.function.UnaryOperator;

/** The table of services that {@code up} and {@code status} print. */
public final class ServiceTable {
  private ServiceTable() {}

  /**
   * Prints it.
   *
   * @param places a service's name → where it is declared, shown where one is not ready
   */
  public static void print(
      Terminal terminal, List<ServiceView> services, UnaryOperator<String> places) {
    if (services.isEmpty()) {
      terminal.out().println("no services");
      return;
    }
    var table = new Table("SERVICE", "STATE", "REVISION", "REPLICAS", "TRAFFIC", "URL");
    for (ServiceView service : services) {
      table.row(
          service.name(),
          service.state(),
          dash(service.revision()),
          service.replicas(),
          dash(service.traffic()),
          dash(service.url()));
    }
    List<String> lines = table.lines();
    terminal.out().println(terminal.bold(lines.getFirst()));
    for (int i = 1; i < lines.size(); i++) {
      ServiceView service = services.get(i - 1);
      terminal.out().println(service.failed() ? terminal.red(lines.get(i)) : lines.get(i));
      if (!service.why().isEmpty()) {
        String place = places.apply(service.name());
        terminal
            .out()
            .println(
                "  "
                    + terminal.dim("└ ")
                    + service.why().lines().findFirst().orElse("")
                    + (place.isEmpty() ? "" : " (" + place + ")"));
      }
    }
    terminal.out().flush();
  }

  private static String dash(String text) {
    return text.isEmpty() ? "–" : text;
  }
}
