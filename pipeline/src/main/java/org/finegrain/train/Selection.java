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
 * The selection of the epoch whose checkpoint is evaluated. It looks at the validation split alone,
 * never at the test split.
 *
 * @param lost the epochs without a checkpoint that can be evaluated
 */
record Selection(Set<Integer> lost) {
  /** The selection among all epochs, for a run whose selected epoch has its checkpoint. */
  static final Selection ALL_EPOCHS = new Selection(Set.of());

  private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

  private static final Comparator<EpochMetrics> BETTER =
      Comparator.<EpochMetrics>comparingDouble(e -> -e.val().orElseThrow().top1())
          .thenComparingDouble(e -> e.val().orElseThrow().loss()) // NaN is last
          .thenComparingInt(EpochMetrics::epoch);

  /**
   * Returns the selection among all epochs if the checkpoint of the best one is whole; else the
   * selection among the epochs whose checkpoints are whole. Most others have none, as they were
   * deleted while there was a better one.
   */
  static Selection among(List<EpochMetrics> epochs, Checkpoints checkpoints) throws IOException {
    Optional<EpochMetrics> best = ALL_EPOCHS.best(epochs);
    if (best.isEmpty() || checkpoints.isWhole(best.get().epoch())) {
      return ALL_EPOCHS;
    }
    Set<Integer> lost = new TreeSet<>(epochs.stream().map(EpochMetrics::epoch).toList());
    for (int epoch : checkpoints.epochs()) {
      if (epoch != best.get().epoch() && checkpoints.isWhole(epoch)) {
        lost.remove(epoch);
      }
    }
    Selection left = new Selection(lost);
    left.lossNotice(epochs).ifPresent(LOG::warn);
    return left;
  }

  /** Returns a sentence for the result if the best epoch could not be evaluated; else empty. */
  Optional<String> lossNotice(List<EpochMetrics> epochs) {
    return lost.isEmpty()
        ? Optional.empty()
        : ALL_EPOCHS
            .best(epochs)
            .map(
                it ->
                    String.format(
                        Locale.ROOT,
                        "The checkpoint of epoch %d, which validation selected, is lost; the best"
                            + " epoch with a checkpoint takes its place",
                        it.epoch()));
  }

  /**
   * Returns the epoch with the highest top-1 on validation; among equal ones the one with the
   * lowest loss, then the earliest. Without a validation split, returns the last epoch.
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
