package dev.salver.reconciler.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salver.git.BareRepository;
import dev.salver.git.FilesResult;
import dev.salver.git.Limits;
import dev.salver.git.TreeResult;
import dev.salver.kube.Json;
import dev.salver.kube.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads commits into snapshots. A commit is taken as a whole or not at all.
 *
 * <p>Files that did not change between two commits are neither read nor parsed again. Not safe for
 * use by several threads at once.
 */
public final class SnapshotReader {
  /** The source map beside the manifests. It is never applied. */
  public static final String ORIGINS = "origins.json";

  private static final int PROBLEMS_NAMED = 50;

  private final BareRepository repository;
  private final String path;
  private final Limits limits;

  /** Results of the last commit's files, by path. */
  private Map<String, Parsed> parsed = Map.of();

  private record Parsed(String blob, ManifestReader.Result result) {}

  /**
   * @param path the folder that is applied, empty for the whole tree
   */
  public SnapshotReader(BareRepository repository, String path, Limits limits) {
    this.repository = repository;
    this.path = path;
    this.limits = limits;
  }

  /** Reads what a commit wants. */
  public Reading read(String commit) {
    return switch (repository.tree(commit, path, limits)) {
      case TreeResult.Missing missing -> new Reading.NoPath(commit, missing.path());
      case TreeResult.Refused refused -> rejected(commit, problems(refused.problems()));
      case TreeResult.Tree tree -> read(tree);
    };
  }

  private Reading read(TreeResult.Tree tree) {
    return switch (repository.files(tree, this::isNew)) {
      case FilesResult.Refused refused -> rejected(tree.commit(), problems(refused.problems()));
      case FilesResult.Files files -> combine(tree, files.content());
    };
  }

  private boolean isNew(String file, TreeResult.Entry entry) {
    if (file.equals(ORIGINS)) {
      return true;
    }
    Parsed known = parsed.get(file);
    return isManifest(file) && (known == null || !known.blob().equals(entry.blob()));
  }

  private Reading combine(TreeResult.Tree tree, Map<String, byte[]> content) {
    var all = new HashMap<String, Parsed>();
    var problems = new ArrayList<Problem>();
    var manifests = new TreeMap<ObjectKey, Manifest>();
    var identities = new HashMap<Identity, Manifest>();
    for (var file : tree.files().entrySet()) {
      if (!isManifest(file.getKey())) {
        continue;
      }
      byte[] bytes = content.get(file.getKey());
      Parsed known = parsed.get(file.getKey());
      Parsed one =
          bytes != null || known == null
              ? new Parsed(
                  file.getValue().blob(),
                  ManifestReader.read(file.getKey(), bytes == null ? new byte[0] : bytes))
              : known;
      all.put(file.getKey(), one);
      problems.addAll(one.result().problems());
      add(one.result().manifests(), manifests, identities, problems);
    }
    JsonNode origins = origins(content.get(ORIGINS), problems);
    parsed = all;
    return problems.isEmpty()
        ? new Reading.Sound(new Snapshot(tree.commit(), manifests, origins))
        : rejected(tree.commit(), problems);
  }

  /** Two versions of a kind are one object to the server. */
  private record Identity(String group, String kind, String namespace, String name) {}

  private static void add(
      Collection<Manifest> found,
      Map<ObjectKey, Manifest> manifests,
      Map<Identity, Manifest> identities,
      List<Problem> problems) {
    for (Manifest manifest : found) {
      ObjectKey key = manifest.key();
      var identity = new Identity(key.gvk().group(), key.gvk().kind(), key.namespace(), key.name());
      Manifest first = identities.putIfAbsent(identity, manifest);
      if (first == null) {
        manifests.put(key, manifest);
      } else {
        problems.add(
            new Problem(
                manifest.file(),
                manifest.line(),
                key + " is already in " + first.file() + ":" + first.line()));
      }
    }
  }

  private static JsonNode origins(byte @Nullable [] bytes, List<Problem> problems) {
    if (bytes == null) {
      return MissingNode.getInstance();
    }
    try {
      return Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(ORIGINS, 0, String.valueOf(e.getMessage())));
      return MissingNode.getInstance();
    }
  }

  private static boolean isManifest(String file) {
    return file.endsWith(".yaml") || file.endsWith(".yml");
  }

  private static List<Problem> problems(List<TreeResult.Problem> problems) {
    return problems.stream().map(one -> new Problem(one.path(), 0, one.message())).toList();
  }

  private static Reading rejected(String commit, List<Problem> problems) {
    var distinct = List.copyOf(new LinkedHashSet<>(problems));
    if (distinct.size() <= PROBLEMS_NAMED) {
      return new Reading.Rejected(commit, distinct);
    }
    var named = new ArrayList<>(distinct.subList(0, PROBLEMS_NAMED));
    named.add(new Problem("", 0, (distinct.size() - PROBLEMS_NAMED) + " more problems"));
    return new Reading.Rejected(commit, List.copyOf(named));
  }
}
