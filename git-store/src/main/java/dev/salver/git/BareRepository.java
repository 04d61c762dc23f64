package dev.salver.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository in a folder of this machine. Nothing is ever checked out: files go in and out
 * as bytes.
 *
 * <p>Commits by several writers, processes included, are safe: the branch moves by compare-and-set.
 * Input that a caller could have checked (a path that leaves the tree, a branch that cannot be one)
 * is an {@link IllegalArgumentException}, a broken disk or repository a {@link GitException}.
 */
public final class BareRepository implements AutoCloseable {
  /** How long others may keep a branch moving or locked before it is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int LOOSE = 100;

  private final Path folder;
  private final Repository repository;
  private final TreeReader reader;

  private BareRepository(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
    this.reader = new TreeReader(repository);
  }

  /** Opens the repository in a folder, making it where the folder is absent or empty. */
  public static BareRepository open(Path folder) {
    Isolation.enforce();
    try {
      boolean fresh = !Files.exists(folder.resolve("HEAD"));
      if (fresh && Files.exists(folder) && !isEmpty(folder)) {
        throw new GitException(folder + " holds something that is not a Git repository");
      }
      Repository repository =
          new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
      if (fresh) {
        Files.createDirectories(folder);
        repository.create(true);
        RefUpdate head = repository.updateRef("HEAD");
        head.link("refs/heads/main");
        Settings.write(repository.getConfig());
      }
      return new BareRepository(folder, repository);
    } catch (IOException e) {
      throw new GitException("The Git repository " + folder + " cannot be opened: " + e, e);
    }
  }

  /** The full id of a branch's newest commit. */
  public Optional<String> head(String branch) {
    try {
      Ref ref = repository.exactRef(Paths.ref(branch));
      return Optional.ofNullable(ref == null ? null : ref.getObjectId()).map(ObjectId::name);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Makes a folder hold exactly the given files, in one commit on top of the branch.
   *
   * @param path the folder, empty for the whole tree; what lay there and is not given is removed
   * @param files content by path relative to the folder
   */
  public synchronized CommitResult commit(
      String branch,
      String path,
      Map<String, byte[]> files,
      String message,
      Author author,
      Instant when) {
    String ref = Paths.ref(branch);
    String target = Paths.folder(path);
    try {
      for (long start = System.nanoTime(); isPatient(start); pause()) {
        Optional<CommitResult> result = tryCommit(ref, target, files, message, author, when);
        if (result.isPresent()) {
          return result.get() instanceof CommitResult.Committed done
              ? new CommitResult.Committed(done.id(), branch)
              : result.get();
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    throw new GitException(
        "Branch '" + branch + "' of " + folder + " is moved by others all the time; try again");
  }

  private static boolean isPatient(long start) {
    return System.nanoTime() - start < PATIENCE.toNanos();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitException("Stopped while waiting for a branch", e);
    }
  }

  /** Empty where somebody else moved the branch in between. */
  private Optional<CommitResult> tryCommit(
      String ref,
      String path,
      Map<String, byte[]> files,
      String message,
      Author author,
      Instant when)
      throws IOException {
    try (ObjectInserter inserter = inserter(files.size());
        var commits = new RevWalk(inserter.newReader())) {
      Ref head = repository.exactRef(ref);
      ObjectId parent = head == null ? null : head.getObjectId();
      RevCommit base = parent == null ? null : commits.parseCommit(parent);
      ObjectId tree = TreeWriter.write(inserter, base == null ? null : base.getTree(), path, files);
      if (base != null && tree.equals(base.getTree())) {
        return Optional.of(new CommitResult.Unchanged(base.name()));
      }
      var commit = new CommitBuilder();
      commit.setTreeId(tree);
      if (parent != null) {
        commit.setParentId(parent);
      }
      var person = new PersonIdent(author.name(), author.email(), when, ZoneOffset.UTC);
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setMessage(message.endsWith("\n") ? message : message + "\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return move(ref, parent, id, message)
          ? Optional.of(new CommitResult.Committed(id.name(), ref))
          : Optional.empty();
    }
  }

  /** Many files go into one pack: a file of its own and a flush to disk for each is slow. */
  private ObjectInserter inserter(int files) {
    return files > LOOSE && repository instanceof FileRepository local
        ? local.getObjectDatabase().newPackInserter()
        : repository.newObjectInserter();
  }

  private boolean move(String ref, @Nullable ObjectId from, ObjectId to, String why)
      throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
    update.setNewObjectId(to);
    update.setRefLogMessage(why.lines().findFirst().orElse("commit"), false);
    update.setForceUpdate(true);
    return switch (update.update()) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
      case LOCK_FAILURE -> false;
      default ->
          throw new IOException("The ref " + ref + " cannot be moved: " + update.getResult());
    };
  }

  /** Points a branch at a commit that the repository holds, whatever it pointed at. */
  void accept(String branch, String commit) {
    String ref = Paths.ref(branch);
    try {
      for (long start = System.nanoTime(); isPatient(start); pause()) {
        Ref head = repository.exactRef(ref);
        ObjectId from = head == null ? null : head.getObjectId();
        if (move(ref, from, ObjectId.fromString(commit), "accepted")) {
          return;
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    throw new GitException("Branch '" + branch + "' of " + folder + " stays locked");
  }

  /** What lies under a folder of a commit, without reading the files. */
  public TreeResult tree(String commit, String path, Limits limits) {
    try {
      return reader.tree(commit, Paths.folder(path), limits);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The content of those files of a tree that are wanted. */
  public FilesResult files(TreeResult.Tree tree, BiPredicate<String, TreeResult.Entry> wanted) {
    try {
      return reader.files(tree, wanted);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * The paths under a folder that differ, relative to the tree's root, in order.
   *
   * @param from a commit; empty for nothing at all
   */
  public List<Change> diff(String from, String to, String path) {
    String target = Paths.folder(path);
    try (var commits = new RevWalk(repository);
        var walk = new TreeWalk(commits.getObjectReader())) {
      if (from.isEmpty()) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(commits.parseCommit(ObjectId.fromString(from)).getTree());
      }
      walk.addTree(commits.parseCommit(ObjectId.fromString(to)).getTree());
      walk.setRecursive(true);
      walk.setFilter(
          target.isEmpty()
              ? TreeFilter.ANY_DIFF
              : AndTreeFilter.create(PathFilter.create(target), TreeFilter.ANY_DIFF));
      var changes = new ArrayList<Change>();
      for (DiffEntry entry : DiffEntry.scan(walk)) {
        switch (entry.getChangeType()) {
          case ADD -> changes.add(new Change(entry.getNewPath(), Change.Kind.ADDED));
          case DELETE -> changes.add(new Change(entry.getOldPath(), Change.Kind.DELETED));
          case MODIFY, RENAME, COPY ->
              changes.add(new Change(entry.getNewPath(), Change.Kind.MODIFIED));
        }
      }
      return List.copyOf(changes);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Whether one commit is the other or came before it, as far as the history is here. */
  boolean isAncestor(String older, String newer) {
    try (var commits = new RevWalk(repository)) {
      RevCommit base = commits.parseCommit(ObjectId.fromString(older));
      return commits.isMergedInto(base, commits.parseCommit(ObjectId.fromString(newer)));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Packs what many small commits or fetches left behind, where it is worth it. */
  public void tidy() {
    if (!(repository instanceof FileRepository files) || !Tidying.isDue(folder)) {
      return;
    }
    try (var git = new Git(files)) {
      git.gc().call();
    } catch (GitAPIException e) {
      throw broken(e);
    }
  }

  Repository jgit() {
    return repository;
  }

  @Override
  public void close() {
    repository.close();
  }

  private GitException broken(Exception e) {
    return new GitException(
        "The Git repository " + folder + " is in trouble: " + e.getMessage(), e);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
