package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what a manifest says of a container's own file system and ports into what is so on this
 * machine: paths under a mount, {@code localhost:PORT}, and options whose name ends in {@code
 * port}.
 */
final class Translation {
  private static final Pattern LOCAL =
      Pattern.compile("(?<![\\w.-])(localhost|127\\.0\\.0\\.1):(\\d{1,5})(?!\\d)");
  private static final Pattern PORT_OPTION =
      Pattern.compile("--?[\\w.-]*port", Pattern.CASE_INSENSITIVE);
  private static final Pattern PORT_PAIR =
      Pattern.compile("(--?[\\w.-]*port)=(\\d{1,5})", Pattern.CASE_INSENSITIVE);

  private record Mount(Pattern path, String local) {}

  private final List<Mount> mounts;
  private final PodPorts ports;

  private Translation(List<Mount> mounts, PodPorts ports) {
    this.mounts = mounts;
    this.ports = ports;
  }

  /** What the container's mounts and the pod's ports ask for. */
  static Translation of(
      JsonNode container, Map<String, Path> volumes, Path terminationMessage, PodPorts ports)
      throws Unstartable {
    record Pair(String path, Path local) {}
    var pairs = new ArrayList<Pair>();
    for (JsonNode mount : container.path("volumeMounts")) {
      Path volume = volumes.get(mount.path("name").asText());
      if (volume == null) {
        throw Unstartable.config(
            "container mounts volume \"" + mount.path("name").asText() + "\", which the pod lacks");
      }
      Path local = volume.resolve(mount.path("subPath").asText()).normalize();
      if (!local.startsWith(volume)) {
        throw Unstartable.config(
            "subPath \"" + mount.path("subPath").asText() + "\" leads out of its volume");
      }
      pairs.add(new Pair(trimmed(mount.path("mountPath").asText()), local));
    }
    pairs.add(
        new Pair(
            trimmed(container.path("terminationMessagePath").asText("/dev/termination-log")),
            terminationMessage));
    pairs.sort(Comparator.comparingInt((Pair pair) -> pair.path().length()).reversed());
    return new Translation(
        pairs.stream()
            .filter(pair -> !pair.path().isEmpty())
            .map(pair -> new Mount(pattern(pair.path()), pair.local().toString()))
            .toList(),
        ports);
  }

  /** The arguments of a program. */
  List<String> arguments(List<String> written) {
    var result = new ArrayList<String>();
    boolean portNext = false;
    for (String each : written) {
      Matcher pair = PORT_PAIR.matcher(each);
      if (portNext && each.matches("\\d{1,5}")) {
        result.add(port(each));
      } else if (pair.matches()) {
        result.add(pair.group(1) + "=" + port(pair.group(2)));
      } else {
        result.add(text(each));
      }
      portNext = PORT_OPTION.matcher(each).matches();
    }
    return result;
  }

  /** One value: an environment variable's, or an argument that is no port. */
  String text(String written) {
    String result = written;
    for (int i = 0; i < mounts.size(); i++) {
      // Marked first, so that no mount is found inside another's replacement.
      result = mounts.get(i).path().matcher(result).replaceAll("\0" + i + "\0");
    }
    for (int i = 0; i < mounts.size(); i++) {
      result = result.replace("\0" + i + "\0", mounts.get(i).local());
    }
    return LOCAL.matcher(result).replaceAll(match -> Matcher.quoteReplacement(local(match)));
  }

  private String local(MatchResult match) {
    var local = ports.local(Integer.parseInt(match.group(2)));
    return local.isPresent() ? "127.0.0.1:" + local.getAsInt() : match.group();
  }

  private String port(String written) {
    var local = ports.local(Integer.parseInt(written));
    return local.isPresent() ? Integer.toString(local.getAsInt()) : written;
  }

  private static Pattern pattern(String path) {
    return Pattern.compile("(?:(?<![\\w./-])|(?<=://))" + Pattern.quote(path) + "(?=$|[^\\w.-])");
  }

  private static String trimmed(String path) {
    String result = path;
    while (result.length() > 1 && result.endsWith("/")) {
      result = result.substring(0, result.length() - 1);
    }
    return result.equals("/") ? "" : result;
  }
}
