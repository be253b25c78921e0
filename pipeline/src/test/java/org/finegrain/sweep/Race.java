package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Settings that come to rungs in the order of a test, and the verdicts that they get. */
final class Race {
  private final PruningRule rule;
  private final List<Integer> rungs;
  private final List<Course> courses = new ArrayList<>();

  Race(PruningRule rule, int settings, int epochs) {
    this.rule = rule;
    this.rungs = rule.rungs(epochs);
    for (int i = 0; i < settings; i++) {
      courses.add(new Course(List.of(), 0, Course.Fate.OPEN));
    }
  }

  /**
   * Lets a setting come to where these are its means, and returns the verdicts that follow, such as
   * {@code 2 is pruned at 10}.
   */
  List<String> arrive(int setting, double... means) {
    Course course = courses.get(setting);
    List<Double> all = Arrays.stream(means).boxed().toList();
    courses.set(setting, new Course(all, course.passed(), course.fate()));
    return decide();
  }

  List<String> set(int setting, Course.Fate fate) {
    Course course = courses.get(setting);
    courses.set(setting, new Course(course.means(), course.passed(), fate));
    return decide();
  }

  private List<String> decide() {
    List<String> texts = new ArrayList<>();
    List<Verdict> verdicts = rule.verdicts(rungs, courses);
    while (!verdicts.isEmpty()) {
      for (Verdict verdict : verdicts) {
        Course course = courses.get(verdict.setting());
        courses.set(
            verdict.setting(),
            verdict.goesOn()
                ? new Course(course.means(), course.passed() + 1, course.fate())
                : new Course(course.means(), course.passed(), Course.Fate.PRUNED));
        texts.add(
            String.format(
                Locale.ROOT,
                "%d %s %d",
                verdict.setting(),
                verdict.goesOn() ? "goes on from" : "is pruned at",
                verdict.epoch()));
      }
      verdicts = rule.verdicts(rungs, courses);
    }
    return texts;
  }
}
