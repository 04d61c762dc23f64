package dev.salver.cli.lock;

import dev.salver.compiler.Program;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.Lock.Artifact;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What to ask the world for, and which pins hold as they are: a source whose name in the program is
 * unchanged keeps its pin until somebody asks for a new one. A {@code file:} source is read each
 * time, for it costs nothing and changes in place.
 *
 * @param resolve sources to read
 * @param keep pins that stay
 * @param drop pins of sources that nothing uses any more
 */
public record LockPlan(
    SortedSet<String> resolve, SortedMap<String, Artifact> keep, SortedSet<String> drop) {
  /** Everything is to be read anew. */
  public static final String EVERYTHING = "*";

  /**
   * @param sources what the program uses, with the models that do
   * @param contested sources that the old lock pins twice
   * @param update models or sources to read anew; {@link #EVERYTHING} is all of them
   * @param isWhole whether the program is understood well enough to say what is unused
   */
  public static LockPlan of(
      Map<String, SortedSet<String>> sources,
      Lock old,
      Set<String> contested,
      Set<String> update,
      boolean isWhole) {
    var resolve = new TreeSet<String>();
    var keep = new TreeMap<String, Artifact>();
    sources.forEach(
        (source, models) -> {
          Artifact pin = old.artifacts().get(source);
          boolean again =
              update.contains(EVERYTHING)
                  || update.contains(source)
                  || models.stream().anyMatch(update::contains)
                  || source.startsWith("file:")
                  || contested.contains(source);
          if (pin == null || again) {
            resolve.add(source);
          } else {
            keep.put(source, pin);
          }
        });
    var drop = new TreeSet<String>();
    old.artifacts()
        .forEach(
            (source, pin) -> {
              if (sources.containsKey(source)) {
                return;
              }
              if (isWhole) {
                drop.add(source);
              } else {
                keep.put(source, pin);
              }
            });
    return new LockPlan(resolve, keep, drop);
  }

  /** Names that {@code --update} was given and that nothing has. */
  public static SortedSet<String> unknown(Program program, Set<String> update) {
    var unknown = new TreeSet<>(update);
    unknown.remove(EVERYTHING);
    program
        .sources()
        .forEach(
            (source, models) -> {
              unknown.remove(source);
              unknown.removeAll(models);
            });
    unknown.removeAll(program.lock().imports().keySet());
    return unknown;
  }
}
