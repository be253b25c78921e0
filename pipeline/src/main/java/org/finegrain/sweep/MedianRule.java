package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.finegrain.config.MedianConfig;

/**
 * The median rule: a setting is given up if its best mean top-1 up to an epoch is below the median
 * of what the others had on average up to that epoch.
 *
 * <p>Source: D. Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017,
 * section 3.2.2. There, the others are those that are completed; our reading: all that have come to
 * the epoch. A setting goes on without a comparison where fewer than {@code min-settings} have.
 */
record MedianRule(MedianConfig config) implements PruningRule {
  @Override
  public List<Integer> rungs(int epochs) {
    List<Integer> rungs = new ArrayList<>();
    for (long epoch = config.minEpochs(); epoch < epochs; epoch += config.interval()) {
      rungs.add((int) epoch);
    }
    return rungs;
  }

  @Override
  public List<Verdict> verdicts(List<Integer> rungs, List<Course> courses) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      Course course = courses.get(i);
      if (course.passed() < rungs.size()
          && course.isUndecidedAt(course.passed(), rungs.get(course.passed()))) {
        verdicts.add(verdict(i, rungs.get(course.passed()), courses));
      }
    }
    return verdicts;
  }

  private Verdict verdict(int setting, int epoch, List<Course> courses) {
    Course course = courses.get(setting);
    double top1 = course.mean(epoch);
    if (Double.isNaN(top1)) {
      return new Verdict(setting, false, epoch, top1, "a seed has diverged");
    }
    double[] others =
        IntStream.range(0, courses.size())
            .filter(i -> i != setting && courses.get(i).has(epoch))
            .mapToDouble(i -> upTo(epoch, courses.get(i)).average().orElse(Double.NaN))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (others.length < config.minSettings()) {
      String reason =
          String.format(
              Locale.ROOT,
              "%d of at least %d others to compare it with have come so far",
              others.length,
              config.minSettings());
      return new Verdict(setting, true, epoch, top1, reason);
    }
    double best = upTo(epoch, course).max().orElse(Double.NaN);
    double median = (others[(others.length - 1) / 2] + others[others.length / 2]) / 2;
    String reason =
        String.format(
            Locale.ROOT,
            "its best mean top-1 on validation, %.2f %%, is %s %.2f %%, the median of the means so far"
                + " of %d others",
            100 * best,
            best < median ? "below" : "not below",
            100 * median,
            others.length);
    return new Verdict(setting, !(best < median), epoch, top1, reason);
  }

  private static DoubleStream upTo(int epoch, Course course) {
    return course.means().subList(0, epoch).stream().mapToDouble(it -> it);
  }
}
