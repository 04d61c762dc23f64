package dev.salver.cli.lock;

import dev.salver.cli.imports.ImportCache;
import dev.salver.cli.imports.ProjectImports;
import dev.salver.cli.lock.Change.Kind;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.Lock.Import;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.git.BareRepository;
import dev.salver.git.FetchResult;
import dev.salver.git.FilesResult;
import dev.salver.git.GitException;
import dev.salver.git.Limits;
import dev.salver.git.RemoteAddress;
import dev.salver.git.Snapshot;
import dev.salver.git.TreeResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Imports of Git repositories, fetched as a program asks for them, those of imported projects
 * included. What is pinned is fetched at its commit and held against its digest.
 */
public final class FetchingImports implements Imports {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Limits LIMITS =
      new Limits(2_000, SourceFolder.MAX_BYTES, 64L * SourceFolder.MAX_BYTES, 32);

  private final ProjectImports locked;
  private final ImportCache store;
  private final Lock old;
  private final Set<String> update;
  private final boolean isFrozen;
  private final Map<String, Answer> answers = new TreeMap<>();
  private final TreeMap<String, Import> pins = new TreeMap<>();
  private final TreeMap<String, Change> changes = new TreeMap<>();

  /**
   * @param update imports to look for anew; {@link LockPlan#EVERYTHING} is all of them
   * @param isFrozen whether what is not pinned is refused
   */
  public FetchingImports(Path project, Lock old, Set<String> update, boolean isFrozen)
      throws IOException {
    this.store = ImportCache.ofUser();
    this.locked = new ProjectImports(project, old.imports(), store);
    this.old = old;
    this.update = update;
    this.isFrozen = isFrozen;
  }

  /** What a lock should pin now; an import that failed keeps what it had. */
  public SortedMap<String, Import> pins() {
    return new TreeMap<>(pins);
  }

  /** What became of each, in the order of sources. */
  public List<Change> changes() {
    return new ArrayList<>(changes.values());
  }

  @Override
  public Answer resolve(String source, String from) {
    return source.startsWith("git:")
        ? answers.computeIfAbsent(source, this::remote)
        : locked.resolve(source, from);
  }

  /** Reading that ends with a reason for people. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1;

    Stop(String reason) {
      super(reason, null, false, false);
    }
  }

  private Answer remote(String source) {
    Import pin = old.imports().get(source);
    boolean again = pin == null || update.contains(LockPlan.EVERYTHING) || update.contains(source);
    try {
      if (pin == null && isFrozen) {
        throw new Stop("it is not pinned");
      }
      if (pin != null && (!again || isFrozen)) {
        return kept(source, pin);
      }
      Fetched now = fetch(source, Optional.empty());
      store.put(now.sources());
      Import found = new Import(Optional.of(now.commit()), now.sources().digest());
      pins.put(source, found);
      changes.put(source, change(source, pin, found));
      return new Answer.Found(source, now.sources());
    } catch (Stop | IOException | GitException | IllegalArgumentException e) {
      if (pin != null) {
        pins.put(source, pin);
      }
      String reason = source + ": " + e.getMessage();
      changes.put(source, new Change(source, true, Kind.FAILED, reason));
      return locked.resolve(source, SELF);
    }
  }

  private static Change change(String source, @Nullable Import before, Import now) {
    if (now.equals(before)) {
      return new Change(source, true, Kind.KEPT, "");
    }
    String commit = now.revision().orElse("");
    return before == null
        ? new Change(source, true, Kind.ADDED, "at " + commit)
        : new Change(
            source, true, Kind.CHANGED, "from " + before.revision().orElse("?") + " to " + commit);
  }

  private Answer kept(String source, Import pin) throws IOException, Stop {
    pins.put(source, pin);
    changes.put(source, new Change(source, true, Kind.KEPT, ""));
    Answer here = locked.resolve(source, SELF);
    if (here instanceof Answer.Found) {
      return here;
    }
    Fetched fetched = fetch(source, pin.revision());
    if (!fetched.sources().digest().equals(pin.digest())) {
      throw new Stop("its sources at the pinned commit are not those that were pinned");
    }
    store.put(fetched.sources());
    return new Answer.Found(source, fetched.sources());
  }

  private record Fetched(String commit, SourceFolder sources) {}

  private Fetched fetch(String source, Optional<String> commit) throws Stop {
    GitAddress address =
        GitAddress.of(source)
            .orElseThrow(() -> new Stop("it has to be git:HOST/PATH@TAG, with //FOLDER at need"));
    Path bare = store.repositories().resolve(named(address.url()));
    FetchResult result =
        Snapshot.fetch(
            bare,
            address.url(),
            commit.orElse(address.name()),
            RemoteAddress.SAFE_TRANSPORTS,
            DEADLINE);
    return switch (result) {
      case FetchResult.Failed failed -> throw new Stop(failed.message());
      case FetchResult.Fetched fetched ->
          new Fetched(fetched.commit(), read(bare, fetched.commit(), address.folder()));
    };
  }

  /** A folder's name for a repository. */
  private static String named(String url) {
    return UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8)) + ".git";
  }

  private static SourceFolder read(Path bare, String commit, String folder) throws Stop {
    try (BareRepository repository = BareRepository.open(bare)) {
      TreeResult tree = repository.tree(commit, folder, LIMITS);
      return switch (tree) {
        case TreeResult.Missing missing -> throw new Stop("there is no folder " + folder);
        case TreeResult.Refused(var at, var problems) ->
            throw new Stop(problems.getFirst().path() + " " + problems.getFirst().message());
        case TreeResult.Tree found -> sources(repository, found);
      };
    }
  }

  private static SourceFolder sources(BareRepository repository, TreeResult.Tree tree) throws Stop {
    return switch (repository.files(tree, (path, entry) -> isSource(path))) {
      case FilesResult.Refused(var problems) ->
          throw new Stop(problems.getFirst().path() + " " + problems.getFirst().message());
      case FilesResult.Files(var content) -> {
        if (content.isEmpty()) {
          throw new Stop("there are no .serve files in it");
        }
        var texts = new TreeMap<String, String>();
        content.forEach(
            (path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        yield SourceFolder.of(texts);
      }
    };
  }

  /** As in a folder: hidden ones are left out. */
  private static boolean isSource(String path) {
    return path.endsWith(".serve") && !path.startsWith(".") && !path.contains("/.");
  }
}
