package org.finegrain.train;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which epoch's checkpoint is evaluated; the test split has no part in it. */
final class Selection {
  private static final Comparator<EpochMetrics> BETTER =
      Comparator.<EpochMetrics>comparingDouble(e -> -e.val().orElseThrow().top1())
          .thenComparingDouble(e -> e.val().orElseThrow().loss()) // NaN is last
          .thenComparingInt(EpochMetrics::epoch);

  private Selection() {}

  /**
   * The epoch with the highest top-1 accuracy on validation; of equal ones that with the lowest
   * loss, then the earliest. Without a validation split the last epoch.
   */
  static Optional<EpochMetrics> best(List<EpochMetrics> epochs) {
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    return epochs.get(0).val().isPresent()
        ? epochs.stream().min(BETTER)
        : Optional.of(epochs.get(epochs.size() - 1));
  }
}
