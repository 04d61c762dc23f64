package dev.salver.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/**
 * One commit of a remote repository, by a tag, a branch or its own id. Without history, into a bare
 * repository that may hold others. Credentials are those of {@code ~/.netrc} for the host.
 */
public final class Snapshot {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final String KEPT = "refs/salver/snapshots/";

  private Snapshot() {}

  /**
   * Fetches what a name means now.
   *
   * @param name a tag before a branch of the same name; {@code HEAD} is the default branch; 40
   *     hexadecimal digits are a commit
   * @return the commit, with no word of history, or why there is none
   * @throws IllegalArgumentException where the address or the name cannot be one
   */
  public static FetchResult fetch(
      Path bare, String url, String name, Set<String> transports, Duration deadline) {
    Isolation.enforce();
    RemoteAddress remote = RemoteAddress.parse(url, transports);
    boolean isCommit = COMMIT.matcher(name).matches();
    if (!isCommit && !name.equals("HEAD")) {
      Paths.ref(name);
    }
    try (BareRepository repository = BareRepository.open(bare);
        Transport transport = Transport.open(repository.jgit(), remote.uri())) {
      transport.setTimeout((int) Math.max(1, deadline.toSeconds()));
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setCredentialsProvider(new NetRCCredentialsProvider());
      transport.setDepth(1);
      Optional<String> wanted = isCommit ? Optional.of(name) : advertised(transport, name);
      if (wanted.isEmpty()) {
        return new FetchResult.Failed(
            FetchResult.Reason.BRANCH, "there is no tag and no branch '" + name + "'");
      }
      return download(repository, transport, wanted.get(), deadline);
    } catch (NotSupportedException e) {
      return new FetchResult.Failed(FetchResult.Reason.ADDRESS, "no such transport");
    } catch (TransportException e) {
      return FetchFailures.explain(remote, e);
    } catch (IOException e) {
      throw new GitException("The repository " + bare + " is in trouble: " + e.getMessage(), e);
    }
  }

  /** The full name of the ref. */
  private static Optional<String> advertised(Transport transport, String name)
      throws TransportException, NotSupportedException {
    try (FetchConnection connection = transport.openFetch()) {
      for (String ref : List.of("refs/tags/" + name, "refs/heads/" + name, name)) {
        Ref found = connection.getRef(ref);
        if (found != null && (!ref.equals(name) || name.equals("HEAD"))) {
          return Optional.of(ref);
        }
      }
      return Optional.empty();
    }
  }

  private static FetchResult download(
      BareRepository repository, Transport transport, String wanted, Duration deadline)
      throws IOException, TransportException {
    String kept = KEPT + Integer.toHexString(wanted.hashCode());
    var stop = new Deadline(deadline);
    try {
      transport.fetch(stop, List.of(new RefSpec("+" + wanted + ":" + kept)));
    } catch (TransportException e) {
      if (stop.isCancelled()) {
        return new FetchResult.Failed(
            FetchResult.Reason.DEADLINE,
            "the fetch took longer than " + deadline.toSeconds() + " s");
      }
      throw e;
    }
    Ref ref = repository.jgit().exactRef(kept);
    boolean isCommit = COMMIT.matcher(wanted).matches();
    ObjectId id = isCommit ? ObjectId.fromString(wanted) : ref == null ? null : ref.getObjectId();
    if (id == null || !repository.jgit().getObjectDatabase().has(id)) {
      return new FetchResult.Failed(
          FetchResult.Reason.BRANCH, "the repository does not give '" + wanted + "'");
    }
    try (var commits = new RevWalk(repository.jgit())) {
      return new FetchResult.Fetched(
          commits.parseCommit(id).name(), Optional.empty(), FetchResult.History.FIRST);
    }
  }
}
