package org.finegrain.train;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which epoch's checkpoint is evaluated; the test split has no part in it.
 *
 * @param lost epochs without a checkpoint that could be evaluated
 */
record Selection(Set<Integer> lost) {
  /** Of a run whose selected epoch has its checkpoint. */
  static final Selection OF_ALL = new Selection(Set.of());

  private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

  private static final Comparator<EpochMetrics> BETTER =
      Comparator.<EpochMetrics>comparingDouble(e -> -e.val().orElseThrow().top1())
          .thenComparingDouble(e -> e.val().orElseThrow().loss()) // NaN is last
          .thenComparingInt(EpochMetrics::epoch);

  /**
   * The selection among epochs whose checkpoints are whole, if that of the best one is not. All
   * others may have been deleted then, as long as a better one was there.
   */
  static Selection among(List<EpochMetrics> epochs, Checkpoints checkpoints) throws IOException {
    Optional<EpochMetrics> best = OF_ALL.best(epochs);
    if (best.isEmpty() || checkpoints.isWhole(best.get().epoch())) {
      return OF_ALL;
    }
    Set<Integer> lost = new TreeSet<>(epochs.stream().map(EpochMetrics::epoch).toList());
    for (int epoch : checkpoints.epochs()) {
      if (epoch != best.get().epoch() && checkpoints.isWhole(epoch)) {
        lost.remove(epoch);
      }
    }
    Selection left = new Selection(lost);
    left.loss(epochs).ifPresent(LOG::warn);
    return left;
  }

  /** What a result says of a selected epoch that could not be evaluated. */
  Optional<String> loss(List<EpochMetrics> epochs) {
    return lost.isEmpty()
        ? Optional.empty()
        : OF_ALL
            .best(epochs)
            .map(
                it ->
                    String.format(
                        Locale.ROOT,
                        "The checkpoint of epoch %d, which validation selected, is lost; the best"
                            + " of the epochs that are left takes its place",
                        it.epoch()));
  }

  /**
   * The epoch with the highest top-1 accuracy on validation; of equal ones that with the lowest
   * loss, then the earliest. Without a validation split the last epoch.
   */
  Optional<EpochMetrics> best(List<EpochMetrics> epochs) {
    List<EpochMetrics> left = epochs.stream().filter(it -> !lost.contains(it.epoch())).toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    return left.get(0).val().isPresent()
        ? left.stream().min(BETTER)
        : Optional.of(left.get(left.size() - 1));
  }
}
