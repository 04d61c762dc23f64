package dev.salver.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * One branch of a remote repository, kept shallow in a bare repository of our own.
 *
 * <p>What is fetched waits under a ref of its own until it is accepted, so a history that somebody
 * rewrote is seen and the last good commit stays readable.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Mirror implements AutoCloseable {
  /** How far back the accepted commit is looked for before the history counts as rewritten. */
  private static final int DEPTH = 64;

  private static final int BRANCHES_NAMED = 5;

  private final BareRepository repository;
  private final RemoteAddress remote;
  private final String branch;
  private final Duration deadline;

  private Mirror(
      BareRepository repository, RemoteAddress remote, String branch, Duration deadline) {
    this.repository = repository;
    this.remote = remote;
    this.branch = branch;
    this.deadline = deadline;
  }

  /**
   * Opens or makes the mirror in a folder; asks nothing of the remote yet.
   *
   * @param url may hold user and password; they are sent to the remote and shown nowhere
   * @param transports see {@link RemoteAddress#SAFE_TRANSPORTS}
   * @param deadline for one fetch from its start to its end
   * @throws IllegalArgumentException where the address or the branch cannot be one
   */
  public static Mirror open(
      Path folder, String url, String branch, Set<String> transports, Duration deadline) {
    Isolation.enforce();
    RemoteAddress remote = RemoteAddress.parse(url, transports);
    Paths.ref(branch);
    return new Mirror(BareRepository.open(folder), remote, branch, deadline);
  }

  /** Looks at the remote branch and takes over what is new. */
  public FetchResult fetch() {
    try (Transport transport = Transport.open(repository.jgit(), remote.uri())) {
      configure(transport);
      FetchResult found = advertised(transport);
      if (!(found instanceof FetchResult.Fetched fetched)
          || fetched.history() == FetchResult.History.SAME
          || incoming().filter(fetched.commit()::equals).isPresent()) {
        return found;
      }
      return download(transport);
    } catch (NotSupportedException e) {
      return failed(FetchResult.Reason.ADDRESS, "no such transport");
    } catch (TransportException e) {
      return FetchFailures.explain(remote, e);
    } catch (IOException e) {
      throw new GitException("The mirror of " + remote + " is in trouble: " + e.getMessage(), e);
    }
  }

  private void configure(Transport transport) {
    transport.setTimeout((int) Math.max(1, deadline.toSeconds()));
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setRemoveDeletedRefs(false);
    String user = remote.user();
    String password = remote.password();
    if (user != null || password != null) {
      transport.setCredentialsProvider(
          new UsernamePasswordCredentialsProvider(
              user == null ? "" : user, password == null ? "" : password));
    }
  }

  /** Asks for the branch's head alone: a hundred times cheaper than a fetch that brings nothing. */
  private FetchResult advertised(Transport transport) throws TransportException, IOException {
    try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(source())))) {
      Ref head = connection.getRef(source());
      if (head != null && head.getObjectId() != null) {
        return judge(head.getObjectId().name());
      }
    }
    return missingBranch(transport);
  }

  private FetchResult missingBranch(Transport transport)
      throws NotSupportedException, TransportException {
    try (FetchConnection connection = transport.openFetch()) {
      var branches = new TreeSet<String>();
      for (Ref ref : connection.getRefs()) {
        if (ref.getName().startsWith("refs/heads/")) {
          branches.add(ref.getName().substring("refs/heads/".length()));
        }
      }
      String has =
          branches.isEmpty()
              ? "the repository is empty"
              : "it has "
                  + String.join(", ", branches.stream().limit(BRANCHES_NAMED).toList())
                  + (branches.size() > BRANCHES_NAMED ? " and others" : "");
      return failed(FetchResult.Reason.BRANCH, "there is no branch '" + branch + "': " + has);
    }
  }

  private FetchResult download(Transport transport) throws TransportException, IOException {
    transport.setDepth(accepted().isEmpty() ? 1 : DEPTH);
    var stop = new Deadline(deadline);
    try {
      transport.fetch(stop, List.of(new RefSpec("+" + source() + ":" + incomingRef())));
    } catch (TransportException e) {
      if (stop.isCancelled()) {
        return failed(
            FetchResult.Reason.DEADLINE,
            "the fetch took longer than " + deadline.toSeconds() + " s");
      }
      throw e;
    }
    repository.tidy();
    return incoming()
        .map(this::judge)
        .orElseGet(() -> failed(FetchResult.Reason.BRANCH, "branch '" + branch + "' went away"));
  }

  private FetchResult judge(String commit) {
    Optional<String> accepted = accepted();
    if (accepted.isEmpty()) {
      return new FetchResult.Fetched(commit, accepted, FetchResult.History.FIRST);
    }
    FetchResult.History history;
    if (accepted.get().equals(commit)) {
      history = FetchResult.History.SAME;
    } else {
      history =
          holds(commit) && repository.isAncestor(accepted.get(), commit)
              ? FetchResult.History.FORWARD
              : FetchResult.History.REWRITTEN;
    }
    return new FetchResult.Fetched(commit, accepted, history);
  }

  private boolean holds(String commit) {
    try {
      return repository.jgit().getObjectDatabase().has(ObjectId.fromString(commit));
    } catch (IOException e) {
      throw new GitException("The mirror of " + remote + " is in trouble: " + e.getMessage(), e);
    }
  }

  /** The commit that was last accepted, across restarts. */
  public Optional<String> accepted() {
    return repository.head(branch);
  }

  /** Takes a fetched commit as good; later fetches are judged against it. */
  public void accept(String commit) {
    repository.accept(branch, commit);
  }

  /** For reading trees; a commit is readable once it was fetched. */
  public BareRepository repository() {
    return repository;
  }

  /** Where the branch is fetched from, without credentials. */
  public RemoteAddress remote() {
    return remote;
  }

  @Override
  public void close() {
    repository.close();
  }

  private Optional<String> incoming() {
    try {
      Ref ref = repository.jgit().exactRef(incomingRef());
      return Optional.ofNullable(ref == null ? null : ref.getObjectId()).map(ObjectId::name);
    } catch (IOException e) {
      throw new GitException("The mirror of " + remote + " is in trouble: " + e.getMessage(), e);
    }
  }

  private String source() {
    return "refs/heads/" + branch;
  }

  private String incomingRef() {
    return "refs/salver/incoming/" + branch;
  }

  private FetchResult.Failed failed(FetchResult.Reason reason, String message) {
    return new FetchResult.Failed(reason, remote + ": " + message);
  }
}
