package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeLexer;
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

  private Habits(Surroundings around, List<IntFunction<@Nullable Habit>> rules) {
    this.around = around;
    this.rules = rules;
  }

  /** What decides where declarations begin, of a whole file. */
  static Read ofFile(SourceFile file, List<Word> words) {
    var around = new Surroundings(file, words);
    return read(
        around,
        List.of(
            new AnnotationHabits(around)::at,
            new ImportHabits(around)::at,
            new LoopHabits(around)::at,
            new BlockHabits(around)::at,
            new ParamHabits(around)::at,
            new DeclarationHabits(around)::at));
  }

  /**
   * What stands within a declaration. It is as it stands where that is read better, or where one
   * change of one word explains more: what is around a mistake may well look like a habit. What
   * nothing is wrong with holds none, but for flows: a word or two there may stand for a step.
   *
   * @param before the words as they stand
   */
  static Read ofDeclaration(SourceFile file, List<Word> words, Reading before, Budget budget) {
    var plain = new Read(words, List.of());
    if ((before.isClean() && !holdsFlows(words)) || !Healer.isBalanced(words)) {
      return plain;
    }
    var around = new Surroundings(file, words);
    Read read =
        read(
            around,
            List.of(
                new SettingHabits(around)::at,
                new ValueHabits(around)::at,
                new GraphHabits(around)::at,
                new BranchHabits(around)::at,
                new ConditionHabits(around)::at));
    if (read.found.isEmpty() || !budget.take(2 * words.size())) {
      return plain;
    }
    int wrong = Reading.of(file, read.words).diagnostics().size();
    if (before.isClean()) {
      return wrong == 0 ? read : plain;
    }
    if (wrong >= before.diagnostics().size()) {
      return plain;
    }
    if (read.found.size() > 1 && read.found.stream().allMatch(Habits::isSign)) {
      var change = Mending.of(file, words, before, budget);
      if (change != null && Reading.of(file, change.words()).isClean()) {
        return plain;
      }
    }
    return read;
  }

  private static boolean holdsFlows(List<Word> words) {
    return words.stream().anyMatch(word -> word.type() == ServeLexer.GRAPH);
  }

  /** Signs, other than words, come about by chance. */
  private static boolean isSign(Habit habit) {
    String text = habit.diagnostic().span().text();
    return text.isEmpty() || !(Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
  }

  private static Read read(Surroundings around, List<IntFunction<@Nullable Habit>> rules) {
    var habits = new Habits(around, rules);
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
