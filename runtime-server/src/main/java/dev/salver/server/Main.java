package dev.salver.server;

import dev.salver.server.model.ModelRole;
import java.util.List;

/** One program, a role per container: the first argument says which. */
public final class Main {
  private static final String ROLES = "model";

  private Main() {}

  public static void main(String[] arguments) {
    List<String> rest =
        arguments.length == 0 ? List.of() : List.of(arguments).subList(1, arguments.length);
    String role = arguments.length == 0 ? "" : arguments[0];
    int code =
        switch (role) {
          case "model" ->
              new ModelRole(System.getenv(), System.in, System.out, System.err).run(rest);
          case "--help", "-h" -> {
            System.out.println("usage: ROLE [FLAGS]; roles: " + ROLES + "; ROLE --help says more");
            yield 0;
          }
          default -> {
            System.err.println("there is no role \"" + role + "\"; there are: " + ROLES);
            yield 2;
          }
        };
    System.exit(code);
  }
}
