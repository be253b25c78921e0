package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ranks of methods on several datasets. On each dataset, the method with the highest accuracy
 * has rank 1; equal accuracies share the mean of their ranks.
 *
 * @param twiceTheRanks for each dataset, the doubled rank of each method: a whole number
 */
public record MeanRanks(List<List<Integer>> twiceTheRanks) {
  private static final int FEWEST_DATASETS = 3;

  /**
   * Ranks the methods; empty with fewer than three datasets or fewer than two methods.
   *
   * @param accuracies for each dataset, the mean accuracy of each method
   * @throws IllegalArgumentException if a method lacks a number on a dataset
   */
  public static Optional<MeanRanks> of(List<List<Double>> accuracies) {
    for (List<Double> dataset : accuracies) {
      if (dataset.size() != accuracies.get(0).size() || dataset.contains(Double.NaN)) {
        throw new IllegalArgumentException(
            "Cannot rank methods that were not all scored on all datasets: leave out the dataset or"
                + " the method");
      }
    }
    return accuracies.size() < FEWEST_DATASETS || accuracies.get(0).size() < 2
        ? Optional.empty()
        : Optional.of(new MeanRanks(accuracies.stream().map(MeanRanks::rank).toList()));
  }

  private static List<Integer> rank(List<Double> accuracies) {
    List<Integer> doubled = new ArrayList<>();
    for (double accuracy : accuracies) {
      int better = (int) accuracies.stream().filter(other -> other > accuracy).count();
      int equal = (int) accuracies.stream().filter(other -> other == accuracy).count();
      doubled.add(2 * better + equal + 1); // the ranks better + 1 … better + equal
    }
    return doubled;
  }

  /** Returns the number of datasets. */
  public int datasets() {
    return twiceTheRanks.size();
  }

  /** Returns the number of methods. */
  public int methods() {
    return twiceTheRanks.get(0).size();
  }

  /** Returns the mean rank of a method, from 1 to the number of methods. */
  public double mean(int method) {
    return twiceTheRanks.stream().mapToInt(ranks -> ranks.get(method)).sum() / 2.0 / datasets();
  }

  /** Returns the critical difference between two mean ranks. */
  public CriticalDifference criticalDifference() {
    return new CriticalDifference(methods(), datasets());
  }
}
