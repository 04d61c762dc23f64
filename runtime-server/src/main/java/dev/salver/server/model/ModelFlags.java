package dev.salver.server.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the role "model" is started. Names are KServe's where KServe has one. */
public record ModelFlags(
    String modelName,
    Path modelDir,
    String host,
    int port,
    int maxBodyBytes,
    int threads,
    int maxWaiting,
    Duration timeout,
    Duration drain,
    boolean jsonLog,
    boolean exitAfterWarmup,
    Optional<String> warmUp) {

  public static final String HELP =
      """
      usage: model [--FLAG=VALUE | --FLAG VALUE]...

        --model_name NAME         name in the URLs (default: model)
        --model_dir DIR           folder with one .onnx file, or such a file (default: /mnt/models)
        --http_port PORT          0 for any free one (default: 8080; the environment's PORT wins)
        --http_host HOST          address to listen on (default: 0.0.0.0; 127.0.0.1 with SALVER_STDIN=hold)
        --max_body_bytes BYTES    largest request body (default: 16777216)
        --threads N               inferences at the same time (default: one per processor)
        --max_waiting N           requests that may wait for a thread before 503 (default: 256)
        --timeout_seconds S       from arrival to answer (default: 60)
        --drain_seconds S         for requests under way after SIGTERM (default: 30)
        --log_format text|json    lines on standard error (default: text)
        --help                    this text

      Environment: STORAGE_URI (fetched into an empty model_dir; file:, http:, https:, optionally with #sha256=HEX),
      PORT, SALVER_TERMINATION_LOG (file for the last words), SALVER_STDIN=hold (end of standard input means stop),
      SALVER_WARM_UP (a V1 request that must be answered before the server is ready).
      """;

  private static final Set<String> VALUED =
      Set.of(
          "model_name",
          "model_dir",
          "http_port",
          "http_host",
          "max_body_bytes",
          "threads",
          "max_waiting",
          "timeout_seconds",
          "drain_seconds",
          "log_format");

  /** Flags, or a line for the user. */
  public sealed interface Parsed {
    record Flags(ModelFlags flags) implements Parsed {}

    record Help() implements Parsed {}

    record Wrong(String message) implements Parsed {}
  }

  /** Reads arguments and environment. */
  public static Parsed parse(List<String> arguments, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    boolean exit = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = (equals < 0 ? argument : argument.substring(0, equals)).replace('-', '_');
      if (name.equals("__help") || argument.equals("-h")) {
        return new Parsed.Help();
      }
      if (name.equals("__exit_after_warmup") && equals < 0) {
        exit = true;
        continue;
      }
      if (!name.startsWith("__") || !VALUED.contains(name.substring(2))) {
        return new Parsed.Wrong("there is no flag " + argument + "; there are " + flagNames());
      }
      if (equals >= 0) {
        values.put(name.substring(2), argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        i++;
        values.put(name.substring(2), arguments.get(i));
      } else {
        return new Parsed.Wrong(argument + " needs a value");
      }
    }
    try {
      return new Parsed.Flags(of(values, environment, exit));
    } catch (WrongValue e) {
      return new Parsed.Wrong(String.valueOf(e.getMessage()));
    }
  }

  private static ModelFlags of(
      Map<String, String> values, Map<String, String> environment, boolean exitAfterWarmup)
      throws WrongValue {
    String name = values.getOrDefault("model_name", "model");
    if (name.isEmpty() || name.contains("/")) {
      throw new WrongValue("--model_name must be a name without slashes, not \"" + name + "\"");
    }
    String format = values.getOrDefault("log_format", "text").toLowerCase(Locale.ROOT);
    if (!format.equals("text") && !format.equals("json")) {
      throw new WrongValue("--log_format is text or json, not " + format);
    }
    boolean held = "hold".equals(environment.get("SALVER_STDIN"));
    String port = environment.getOrDefault("PORT", "");
    int processors = Runtime.getRuntime().availableProcessors();
    return new ModelFlags(
        name,
        Path.of(values.getOrDefault("model_dir", "/mnt/models")),
        values.getOrDefault("http_host", held ? "127.0.0.1" : "0.0.0.0"),
        port.isEmpty()
            ? number("--http_port", values.getOrDefault("http_port", "8080"), 0, 65_535)
            : number("PORT", port, 0, 65_535),
        number(
            "--max_body_bytes",
            values.getOrDefault("max_body_bytes", Integer.toString(16 << 20)),
            1,
            1 << 30),
        number("--threads", values.getOrDefault("threads", "" + processors), 1, 1024),
        number("--max_waiting", values.getOrDefault("max_waiting", "256"), 1, 1 << 20),
        Duration.ofSeconds(
            number("--timeout_seconds", values.getOrDefault("timeout_seconds", "60"), 1, 86_400)),
        Duration.ofSeconds(
            number("--drain_seconds", values.getOrDefault("drain_seconds", "30"), 0, 86_400)),
        format.equals("json"),
        exitAfterWarmup,
        Optional.ofNullable(environment.get("SALVER_WARM_UP")).filter(body -> !body.isBlank()));
  }

  private static int number(String flag, String text, int low, int high) throws WrongValue {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new WrongValue(
        flag + " must be a number from " + low + " to " + high + ", not \"" + text + "\"");
  }

  private static String flagNames() {
    return String.join(", ", VALUED.stream().sorted().map(name -> "--" + name).toList())
        + ", --help";
  }

  private static final class WrongValue extends Exception {
    private static final long serialVersionUID = 1;

    WrongValue(String message) {
      super(message, null, false, false);
    }
  }
}
