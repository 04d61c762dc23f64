package dev.salver.compiler.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.lower.Manifest;
import dev.salver.compiler.source.Span;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests as files, one object each, and {@code origins.json} beside them. */
public final class Files {
  private static final String ORIGINS = "origins.json";

  private Files() {}

  public static SortedMap<String, byte[]> of(List<Manifest> manifests) {
    var files = new TreeMap<String, byte[]>();
    var objects = new TreeMap<String, ObjectNode>();
    for (Manifest manifest : manifests) {
      KubeObject object = manifest.object();
      String name = object.kind().toLowerCase(Locale.ROOT) + "-" + object.name() + ".yaml";
      files.put(name, Yaml.write(object.tree()).getBytes(StandardCharsets.UTF_8));
      objects.put(name, origins(manifest));
    }
    ObjectNode root = Json.object();
    ObjectNode byFile = root.putObject("files");
    objects.forEach(byFile::set);
    files.put(ORIGINS, (pretty(root) + "\n").getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /**
   * {@code {apiVersion, kind, namespace, name, declared: {file, line}, fields: {pointer: {…}}}}.
   */
  private static ObjectNode origins(Manifest manifest) {
    KubeObject object = manifest.object();
    ObjectNode node = Json.object();
    node.put("apiVersion", object.gvk().apiVersion())
        .put("kind", object.kind())
        .put("namespace", object.namespace())
        .put("name", object.name());
    place(node.putObject("declared"), manifest.declared());
    ObjectNode fields = node.putObject("fields");
    manifest.origins().forEach((pointer, span) -> place(fields.putObject(pointer), span));
    return node;
  }

  /** Line ends of one kind on every system. */
  private static String pretty(ObjectNode node) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return Json.mapper().writer(printer).writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void place(ObjectNode node, Span span) {
    node.put("file", span.file().path()).put("line", span.from().line());
  }
}
