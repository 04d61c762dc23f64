package dev.salver.sandbox.node;

import java.nio.file.Path;

/**
 * Where a container's output lies; a file that is missing has nothing in it.
 *
 * @param current what the present run wrote, the end of it
 * @param older what was rotated out of {@code current}, right before it
 * @param previous what the run before wrote
 */
public record ContainerLogs(Path current, Path older, Path previous) {
  static ContainerLogs of(ContainerLog log) {
    return new ContainerLogs(log.current(), log.older(), log.previous());
  }
}
