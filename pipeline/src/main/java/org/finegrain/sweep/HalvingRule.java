package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finegrain.config.HalvingConfig;

/**
 * Asynchronous successive halving: of the settings at a rung, the best of every {@code reduction}
 * go on to the next rung, which has {@code reduction} times the epochs. A setting is let go on as
 * soon as it is among the best of those that have come so far.
 *
 * <p>Source: L. Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020,
 * algorithm 2. There, settings never run out. In a plan they do; our reading: when no more can come
 * to a rung, at least one setting goes on, and a setting is given up as soon as it cannot be among
 * the best any more. Among equal settings, the first of the plan is the best.
 */
record HalvingRule(HalvingConfig config) implements PruningRule {
  @Override
  public List<Integer> rungs(int epochs) {
    List<Integer> rungs = new ArrayList<>();
    for (long epoch = config.minEpochs(); epoch < epochs; epoch *= config.reduction()) {
      rungs.add((int) epoch);
    }
    return rungs;
  }

  @Override
  public List<Verdict> verdicts(List<Integer> rungs, List<Course> courses) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int rung = rungs.size() - 1; rung >= 0; rung--) {
      addVerdicts(rung, rungs.get(rung), courses, verdicts);
    }
    return verdicts;
  }

  private void addVerdicts(int rung, int epoch, List<Course> courses, List<Verdict> verdicts) {
    List<Integer> ranked =
        IntStream.range(0, courses.size())
            .filter(i -> courses.get(i).isAt(rung, epoch))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -orWorst(courses.get(i).mean(epoch))))
            .toList(); // a stable sort, which leaves equal ones in the order of the plan
    int all =
        ranked.size() + (int) courses.stream().filter(it -> it.mayComeTo(rung, epoch)).count();
    int mostThatGoOn = Math.max(1, all / config.reduction());
    int goOn = all == ranked.size() ? mostThatGoOn : ranked.size() / config.reduction();
    for (int i = 0; i < ranked.size(); i++) {
      Course course = courses.get(ranked.get(i));
      if (!course.isUndecidedAt(rung, epoch)) {
        continue;
      }
      double top1 = course.mean(epoch);
      if (Double.isNaN(top1)) {
        verdicts.add(new Verdict(ranked.get(i), false, epoch, top1, "a seed has diverged"));
      } else if (i < goOn || i >= mostThatGoOn) {
        String reason =
            String.format(
                Locale.ROOT,
                "rank %d of %d by its mean top-1 on validation, %.2f %%; at most %d of %d go on",
                i + 1,
                ranked.size(),
                100 * top1,
                mostThatGoOn,
                all);
        verdicts.add(new Verdict(ranked.get(i), i < goOn, epoch, top1, reason));
      }
    }
  }

  private static double orWorst(double top1) {
    return Double.isNaN(top1) ? Double.NEGATIVE_INFINITY : top1;
  }
}
