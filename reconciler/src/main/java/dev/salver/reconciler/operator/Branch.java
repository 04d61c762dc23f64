package dev.salver.reconciler.operator;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salver.git.FetchResult;
import dev.salver.git.GitException;
import dev.salver.git.Mirror;
import dev.salver.reconciler.source.Problem;
import dev.salver.reconciler.source.Reading;
import dev.salver.reconciler.source.Snapshot;
import dev.salver.reconciler.source.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The branch that is followed: its newest sound commit, and what is wrong with a newer one. Not
 * safe for use by several threads at once.
 */
final class Branch implements AutoCloseable {
  private static final String ASIDE = ".damaged";

  private Mirror mirror;
  private SnapshotReader reader;
  private final OperatorOptions options;
  private @Nullable Snapshot snapshot;
  private String seen = "";
  private String judged = "";
  private List<Problem> problems = List.of();
  private boolean unreachable;

  Branch(OperatorOptions options) {
    this.options = options;
    this.mirror = open(options);
    this.reader = new SnapshotReader(mirror.repository(), options.path(), options.limits());
  }

  private static Mirror open(OperatorOptions options) {
    return Mirror.open(
        options.mirrorFolder(),
        options.repository(),
        options.branch(),
        options.transports(),
        Duration.ofSeconds(60));
  }

  /**
   * Looks at the branch. A mirror that can't be read is set aside once and made anew: it holds
   * nothing that the branch does not.
   *
   * @param standing how many objects came from the path before: a path that is gone deletes none of
   *     them unless that is allowed
   * @return whether the snapshot is another one now
   * @throws GitException where the new mirror can't be read either, or an older one lies aside
   */
  boolean look(int standing) {
    try {
      return glance(standing);
    } catch (GitException e) {
      setAside(e);
      return glance(standing);
    }
  }

  private void setAside(GitException why) {
    Path folder = options.mirrorFolder();
    Path aside = folder.resolveSibling(folder.getFileName() + ASIDE);
    if (Files.exists(aside)) {
      throw new GitException(
          why.getMessage() + "; the one before lies in " + aside + ": look at it, and remove both",
          why);
    }
    mirror.close();
    try {
      Files.move(folder, aside);
    } catch (IOException e) {
      throw new GitException(why.getMessage() + "; it can't be set aside: " + e.getMessage(), e);
    }
    mirror = open(options);
    reader = new SnapshotReader(mirror.repository(), options.path(), options.limits());
    judged = "";
  }

  private boolean glance(int standing) {
    return switch (mirror.fetch()) {
      case FetchResult.Failed failed -> {
        unreachable = true;
        problems = List.of(new Problem("", 0, failed.message()));
        judged = "";
        yield resume(standing);
      }
      case FetchResult.Fetched fetched -> {
        unreachable = false;
        seen = fetched.commit();
        if (seen.equals(judged)) {
          yield false;
        }
        judged = seen;
        boolean rewritten = fetched.history() == FetchResult.History.REWRITTEN;
        yield (rewritten && !options.followRewrites())
            ? rewritten(fetched, standing)
            : read(seen, standing, fetched.history());
      }
    };
  }

  private boolean rewritten(FetchResult.Fetched fetched, int standing) {
    problems =
        List.of(
            new Problem(
                "",
                0,
                "the history of branch '"
                    + options.branch()
                    + "' was rewritten: "
                    + fetched.accepted().orElse("")
                    + " is not among the last ancestors of "
                    + fetched.commit()
                    + "; the older commit stays until the rewrite is allowed"));
    return resume(standing);
  }

  /**
   * A commit that wants nothing deletes everything only where it grew out of the one that wanted
   * it: then somebody removed the manifests. Anything else may be a wrong path or repository.
   */
  private boolean read(String commit, int standing, FetchResult.History history) {
    boolean mayEmpty =
        standing == 0
            || options.allowEmpty()
            || history == FetchResult.History.FORWARD
            || history == FetchResult.History.SAME;
    return switch (reader.read(commit)) {
      case Reading.Sound(Snapshot sound) -> {
        if (sound.manifests().isEmpty() && !mayEmpty) {
          problems = List.of(empty(commit + " has no manifests", standing));
          yield resume(standing);
        }
        mirror.accept(commit);
        problems = List.of();
        yield take(sound);
      }
      case Reading.NoPath(String id, String path) -> {
        if (!mayEmpty) {
          problems = List.of(empty(id + " has no folder '" + path + "'", standing));
          yield resume(standing);
        }
        mirror.accept(id);
        problems = List.of();
        yield take(new Snapshot(id, new TreeMap<>(), MissingNode.getInstance()));
      }
      case Reading.Rejected(String id, List<Problem> found) -> {
        problems = found;
        yield resume(standing);
      }
    };
  }

  private static Problem empty(String commit, int standing) {
    return new Problem(
        "",
        0,
        "commit "
            + commit
            + ", and "
            + standing
            + (standing == 1 ? " object stands" : " objects stand")
            + " in the cluster; it does not follow on the commit that they came from, so the"
            + " repository or the path may be the wrong one: nothing is deleted until that is"
            + " allowed");
  }

  private boolean take(Snapshot next) {
    boolean other = snapshot == null || !snapshot.commit().equals(next.commit());
    snapshot = next;
    return other;
  }

  /** After a restart: the last good commit, from the mirror. */
  private boolean resume(int standing) {
    Optional<String> accepted = mirror.accepted();
    if (snapshot != null || accepted.isEmpty() || standing == 0) {
      return false;
    }
    if (reader.read(accepted.get()) instanceof Reading.Sound(Snapshot sound)) {
      snapshot = sound;
      return true;
    }
    return false;
  }

  Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  String seen() {
    return seen;
  }

  List<Problem> problems() {
    return problems;
  }

  boolean isUnreachable() {
    return unreachable;
  }

  @Override
  public void close() {
    mirror.close();
  }
}
