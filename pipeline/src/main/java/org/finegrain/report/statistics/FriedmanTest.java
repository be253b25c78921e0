package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Friedman's test of whether any method has better ranks over datasets than another, by permuting
 * the ranks within each dataset. Its limit, the chi-squared distribution, needs more datasets than
 * a paper has.
 *
 * <pre>
 *   Q = (k − 1) Σ_j (R_j − N (k + 1)/2)² / Σ_ij (r_ij − (k + 1)/2)²      R_j: rank sum of method j
 *   p = P(Q of permuted ranks ≥ Q)
 * </pre>
 *
 * <p>With up to six methods, all permutations are counted; with more, 100,000 are drawn with a
 * fixed seed, and p = (1 + those that reach Q) / 100,001.
 *
 * <p>Sources: M. Friedman, "The use of ranks to avoid the assumption of normality implicit in the
 * analysis of variance", Journal of the American Statistical Association 32 (1937); for ties, W. J.
 * Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 5.8.
 *
 * @param statistic Q; NaN where all methods have the same accuracy on every dataset
 * @param pValue p; 1 where all methods have the same accuracy on every dataset
 */
public record FriedmanTest(double statistic, double pValue) {
  private static final int MOST_COUNTED_METHODS = 6;
  private static final int DRAWS = 100_000;
  private static final long SEED = 1;

  /** Makes the test. Equal ranks give equal results. */
  public static FriedmanTest of(MeanRanks ranks) {
    int center = ranks.datasets() * (ranks.methods() + 1); // the doubled mean of a rank sum
    List<Integer> sums = Collections.nCopies(ranks.methods(), 0);
    long spread = 0;
    for (List<Integer> dataset : ranks.twiceTheRanks()) {
      sums = sum(sums, dataset);
      spread += squares(dataset, ranks.methods() + 1);
    }
    if (spread == 0) {
      return new FriedmanTest(Double.NaN, 1);
    }
    long observed = squares(sums, center);
    return new FriedmanTest(
        (ranks.methods() - 1.0) * observed / spread,
        ranks.methods() <= MOST_COUNTED_METHODS
            ? counted(ranks, center, observed)
            : drawn(ranks, center, observed));
  }

  /**
   * Counts all permutations. The columns of the table so far may be sorted by their sums at any
   * time, because the next dataset's ranks are permuted in all ways; so few different sums remain.
   */
  private static double counted(MeanRanks ranks, int center, long observed) {
    Map<List<Integer>, Double> chances = Map.of(Collections.nCopies(ranks.methods(), 0), 1.0);
    for (List<Integer> dataset : ranks.twiceTheRanks()) {
      List<List<Integer>> orders = permutations(dataset);
      Map<List<Integer>, Double> next = new LinkedHashMap<>();
      chances.forEach(
          (sums, chance) -> {
            for (List<Integer> order : orders) {
              List<Integer> sorted = sum(sums, order);
              Collections.sort(sorted);
              next.merge(sorted, chance / orders.size(), Double::sum);
            }
          });
      chances = next;
    }
    return Math.min(
        1,
        chances.entrySet().stream()
            .filter(entry -> squares(entry.getKey(), center) >= observed)
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }

  private static double drawn(MeanRanks ranks, int center, long observed) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<Integer>> shuffled = new ArrayList<>();
    ranks.twiceTheRanks().forEach(dataset -> shuffled.add(new ArrayList<>(dataset)));
    int reached = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Integer> sums = Collections.nCopies(ranks.methods(), 0);
      for (List<Integer> dataset : shuffled) {
        for (int i = dataset.size() - 1; i > 0; i--) {
          Collections.swap(dataset, i, random.nextInt(i + 1));
        }
        sums = sum(sums, dataset);
      }
      reached += squares(sums, center) >= observed ? 1 : 0;
    }
    return reached / (DRAWS + 1.0);
  }

  private static List<List<Integer>> permutations(List<Integer> values) {
    if (values.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> rest : permutations(values.subList(1, values.size()))) {
      for (int place = 0; place <= rest.size(); place++) {
        List<Integer> order = new ArrayList<>(rest);
        order.add(place, values.get(0));
        all.add(order);
      }
    }
    return all;
  }

  private static List<Integer> sum(List<Integer> a, List<Integer> b) {
    List<Integer> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i) + b.get(i));
    }
    return sum;
  }

  private static long squares(List<Integer> values, int center) {
    return values.stream().mapToLong(value -> (long) (value - center) * (value - center)).sum();
  }
}
