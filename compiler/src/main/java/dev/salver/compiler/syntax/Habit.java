package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words as another language would have them, and what they mean here.
 *
 * @param until index behind the last word that is done with
 * @param read what the parser reads instead
 * @param diagnostic what is told of it
 * @param leaves what remains unknown
 * @param replaced what stands for words further on, by their index
 * @param before what is put in before words further on, by their index
 */
record Habit(
    int until,
    List<Word> read,
    Diagnostic diagnostic,
    Leaves leaves,
    Map<Integer, List<Word>> replaced,
    Map<Integer, List<Word>> before) {
  /** What is not known once the words are read so. */
  enum Leaves {
    NOTHING,
    STATEMENT,
    /** A declaration, of which the name may be used elsewhere. */
    NAMES
  }

  Habit(int until, List<Word> read, Diagnostic diagnostic) {
    this(until, read, diagnostic, Leaves.NOTHING, Map.of(), Map.of());
  }

  Habit leaving(Leaves what) {
    return new Habit(until, read, diagnostic, what, replaced, before);
  }

  /** The same, and a word further on read as these. */
  Habit replacing(int at, Word... words) {
    var all = new TreeMap<>(replaced);
    all.put(at, List.of(words));
    return new Habit(until, read, diagnostic, leaves, all, before);
  }

  /** The same, and these put in before a word further on. */
  Habit inserting(int at, Word... words) {
    var all = new TreeMap<>(before);
    var there = new ArrayList<>(all.getOrDefault(at, List.of()));
    there.addAll(List.of(words));
    all.put(at, there);
    return new Habit(until, read, diagnostic, leaves, replaced, all);
  }
}
