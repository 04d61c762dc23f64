package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fills a pod's volumes: folders in its own folder, claims and host paths where they lie. */
final class Volumes {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Lookup lookup;
  private final Path claims;

  Volumes(Lookup lookup, Path state) {
    this.lookup = lookup;
    this.claims = state.resolve("claims");
  }

  /** Each volume's folder by its name. */
  Map<String, Path> fill(KubeObject pod, PodFolder folder) throws Unstartable, IOException {
    var result = new LinkedHashMap<String, Path>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("name").asText();
      result.put(name, fill(pod, volume, plain(folder.path().resolve("volumes"), name)));
    }
    return result;
  }

  private Path fill(KubeObject pod, JsonNode volume, Path target) throws Unstartable, IOException {
    if (volume.has("hostPath")) {
      return Path.of(volume.path("hostPath").path("path").asText());
    }
    if (volume.has("persistentVolumeClaim")) {
      String claim = volume.path("persistentVolumeClaim").path("claimName").asText();
      Path path = plain(claims.resolve(pod.namespace()), claim);
      Files.createDirectories(path);
      return path;
    }
    Files.createDirectories(target);
    if (volume.has("configMap")) {
      configMap(pod, volume.path("configMap"), "name", target);
    } else if (volume.has("secret")) {
      secret(pod, volume.path("secret"), "secretName", target);
    } else if (volume.has("downwardAPI")) {
      downward(pod, volume.path("downwardAPI"), target);
    } else if (volume.has("projected")) {
      for (JsonNode source : volume.path("projected").path("sources")) {
        configMap(pod, source.path("configMap"), "name", target);
        secret(pod, source.path("secret"), "name", target);
        downward(pod, source.path("downwardAPI"), target);
      }
    } else if (!volume.has("emptyDir")) {
      throw Unstartable.config(
          "volume "
              + volume.path("name").asText()
              + " is of a kind that this node can't mount;"
              + " it knows emptyDir, configMap, secret, projected, downwardAPI,"
              + " persistentVolumeClaim and hostPath");
    }
    return target;
  }

  private void configMap(KubeObject pod, JsonNode source, String nameField, Path target)
      throws Unstartable, IOException {
    if (source.isMissingNode()) {
      return;
    }
    var map = lookup.configMap(pod.namespace(), source.path(nameField).asText(), optional(source));
    var files = new LinkedHashMap<String, byte[]>();
    map.ifPresent(
        found -> {
          found
              .tree()
              .path("data")
              .properties()
              .forEach(
                  e ->
                      files.put(
                          e.getKey(), e.getValue().asText().getBytes(StandardCharsets.UTF_8)));
          decode(found.tree().path("binaryData"), files);
        });
    write(files, source.path("items"), target, false);
  }

  private void secret(KubeObject pod, JsonNode source, String nameField, Path target)
      throws Unstartable, IOException {
    if (source.isMissingNode()) {
      return;
    }
    var secret = lookup.secret(pod.namespace(), source.path(nameField).asText(), optional(source));
    var files = new LinkedHashMap<String, byte[]>();
    secret.ifPresent(found -> decode(found.tree().path("data"), files));
    write(files, source.path("items"), target, true);
  }

  private static void downward(KubeObject pod, JsonNode source, Path target) throws IOException {
    for (JsonNode item : source.path("items")) {
      String value = Environment.field(pod, item.path("fieldRef").path("fieldPath").asText());
      put(target, item.path("path").asText(), value.getBytes(StandardCharsets.UTF_8), false);
    }
  }

  private static void write(Map<String, byte[]> files, JsonNode items, Path target, boolean secret)
      throws IOException {
    if (items.isEmpty()) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(target, file.getKey(), file.getValue(), secret);
      }
    }
    for (JsonNode item : items) {
      byte[] bytes = files.get(item.path("key").asText());
      if (bytes != null) {
        put(target, item.path("path").asText(), bytes, secret);
      }
    }
  }

  private static void put(Path folder, String name, byte[] bytes, boolean secret)
      throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IOException("\"" + name + "\" is not a path inside its volume");
    }
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (POSIX) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--")));
    }
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void decode(JsonNode data, Map<String, byte[]> files) {
    data.properties()
        .forEach(e -> files.put(e.getKey(), Base64.getMimeDecoder().decode(e.getValue().asText())));
  }

  private static boolean optional(JsonNode source) {
    return source.path("optional").asBoolean();
  }

  private static Path plain(Path parent, String name) throws Unstartable {
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]*)")) {
      throw Unstartable.config("\"" + name + "\" is not a volume's name");
    }
    return parent.normalize().resolve(name);
  }
}
