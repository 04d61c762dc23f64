package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Words and shapes that people bring along from other languages, none of which can stand there in
 * this one. Each is told once, and read as what it means here, so that nothing else is told of it.
 */
final class Habits {
  /** What is read, and what was told of it. */
  record Read(List<Word> words, List<Habit> found) {}

  private final Surroundings around;
  private final List<IntFunction<@Nullable Habit>> rules;
  private final Map<Integer, List<Word>> replaced = new TreeMap<>();
  private final Map<Integer, List<Word>> before = new TreeMap<>();
  private final List<Word> out = new ArrayList<>();
  private final List<Habit> found = new ArrayList<>();

  private Habits(Surroundings around) {
    this.around = around;
    this.rules =
        List.of(
            new AnnotationHabits(around)::at,
            new ImportHabits(around)::at,
            new LoopHabits(around)::at,
            new BlockHabits(around)::at,
            new DeclarationHabits(around)::at,
            new SettingHabits(around)::at,
            new ValueHabits(around)::at,
            new GraphHabits(around)::at,
            new BranchHabits(around)::at,
            new ConditionHabits(around)::at);
  }

  static Read read(SourceFile file, List<Word> words) {
    var habits = new Habits(new Surroundings(file, words));
    habits.read();
    return new Read(habits.out, habits.found);
  }

  private void read() {
    int size = around.words.size();
    for (int i = 0; i < size; ) {
      out.addAll(before.getOrDefault(i, List.of()));
      List<Word> other = replaced.get(i);
      if (other != null) {
        out.addAll(other);
        i++;
        continue;
      }
      Habit habit = at(i);
      if (habit == null) {
        out.add(around.words.get(i++));
        continue;
      }
      found.add(habit);
      out.addAll(habit.read());
      replaced.putAll(habit.replaced());
      habit
          .before()
          .forEach((at, words) -> before.computeIfAbsent(at, _ -> new ArrayList<>()).addAll(words));
      i = Math.max(i + 1, habit.until());
    }
    out.addAll(before.getOrDefault(size, List.of()));
  }

  private @Nullable Habit at(int i) {
    for (IntFunction<@Nullable Habit> rule : rules) {
      Habit habit = rule.apply(i);
      if (habit != null) {
        return habit;
      }
    }
    return null;
  }
}
