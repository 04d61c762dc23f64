package dev.salver.reconciler.operator;

import dev.salver.git.Limits;
import dev.salver.git.RemoteAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What an operator works on.
 *
 * @param repository address of the Git repository: {@code https://…}, {@code file:///…} or a path
 * @param branch that is applied
 * @param path folder in the repository, empty for all of it
 * @param mirrorFolder where the operator keeps its own bare mirror; may be deleted at any time
 * @param poll how often to look at the branch; {@link Operator#poke} looks at once
 * @param inventoryName of the ConfigMaps that hold what was applied; one per repository and path
 * @param inventoryNamespace where those are; made if it is not there
 * @param allowEmpty whether a commit without manifests, or without the path, deletes everything
 *     even where it does not follow on the commit that the objects came from
 * @param followRewrites whether a force-pushed branch is followed; otherwise it stops there
 * @param serving whether InferenceServices are rendered and run as well
 * @param transports allowed ways to the repository
 * @param limits on the tree under the path
 */
public record OperatorOptions(
    String repository,
    String branch,
    String path,
    Path mirrorFolder,
    Duration poll,
    String inventoryName,
    String inventoryNamespace,
    boolean allowEmpty,
    boolean followRewrites,
    Serving serving,
    Set<String> transports,
    Limits limits) {

  /** When InferenceServices are rendered. */
  public enum Serving {
    /** Only Git is applied; somebody else serves. */
    OFF,
    /** Unless KServe's own controller is available in the cluster. */
    UNLESS_KSERVE_RUNS,
    /** Even beside KServe's own controller; for clusters where that one is restricted. */
    ALWAYS
  }

  public OperatorOptions {
    if (poll.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("poll must be 100 ms or more, not " + poll);
    }
    if (!inventoryName.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "'" + inventoryName + "' cannot name ConfigMaps: lower-case letters, digits, '-', '.'");
    }
  }

  /** The usual options for a branch and a folder. */
  public static OperatorOptions of(
      String repository, String branch, String path, Path mirrorFolder) {
    return new OperatorOptions(
        repository,
        branch,
        path,
        mirrorFolder,
        Duration.ofSeconds(30),
        "salver-inventory",
        "salver-system",
        false,
        false,
        Serving.UNLESS_KSERVE_RUNS,
        RemoteAddress.SAFE_TRANSPORTS,
        Limits.DEFAULT);
  }

  public OperatorOptions withPoll(Duration interval) {
    return new OperatorOptions(
        repository,
        branch,
        path,
        mirrorFolder,
        interval,
        inventoryName,
        inventoryNamespace,
        allowEmpty,
        followRewrites,
        serving,
        transports,
        limits);
  }

  public OperatorOptions withServing(Serving when) {
    return new OperatorOptions(
        repository,
        branch,
        path,
        mirrorFolder,
        poll,
        inventoryName,
        inventoryNamespace,
        allowEmpty,
        followRewrites,
        when,
        transports,
        limits);
  }

  /** For a repository that is ours alone, such as one that a project's own commits fill. */
  public OperatorOptions withOwnRepository() {
    return new OperatorOptions(
        repository,
        branch,
        path,
        mirrorFolder,
        poll,
        inventoryName,
        inventoryNamespace,
        true,
        true,
        serving,
        transports,
        limits);
  }
}
