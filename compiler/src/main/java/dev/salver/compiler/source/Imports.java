package dev.salver.compiler.source;

import java.util.Optional;

/**
 * Finds the sources of imported projects. The compiler does no I/O: whoever calls it says where
 * they lie, and must give the same answer to the same question.
 */
@FunctionalInterface
public interface Imports {
  /** The place of the program itself. */
  String SELF = ".";

  /** Knows none, for programs without a folder around them. */
  Imports NONE = (source, from) -> new Answer.Refused("nothing can be imported here");

  /**
   * @param source as it is written behind {@code from}: {@code ../platform}, {@code
   *     git:host/path@ref}. Those that begin with {@code salver:} are the standard library's and
   *     are never asked for
   * @param from the place of the project that imports: {@link #SELF}, or what {@link Answer.Found}
   *     said
   */
  Answer resolve(String source, String from);

  /** What became of an import. */
  sealed interface Answer {
    /**
     * @param at the project's place, the same for the same project however it was named; for people
     *     it stands before the path of each file
     */
    record Found(String at, SourceFolder folder) implements Answer {}

    /** It has to be pinned, and {@code serve.lock} does not name it. */
    record NotLocked() implements Answer {}

    /** It is pinned, but the pinned sources are not on this machine. */
    record NotFetched() implements Answer {}

    /** Its sources are not those that {@code serve.lock} pins. */
    record Changed() implements Answer {}

    /**
     * There is no such project.
     *
     * @param nearest the source that may have been meant
     */
    record NotFound(Optional<String> nearest) implements Answer {}

    /**
     * It may not be imported.
     *
     * @param reason follows the words "`../platform` can't be imported: "
     */
    record Refused(String reason) implements Answer {}
  }
}
