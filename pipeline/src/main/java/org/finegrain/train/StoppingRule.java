package org.finegrain.train;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.finegrain.config.TrainConfig;

/**
 * Decides after each step and epoch whether training goes on.
 *
 * <ul>
 *   <li>Early stopping: the training ends for good after {@code train.early-stopping.patience}
 *       epochs in a row without a better top-1 on validation. Each checkpoint holds the number of
 *       such epochs so far, so that a resumed run ends after the same epoch.
 *   <li>Pause: the attempt ends after the step in which the {@link TimeBudget} runs out, or in
 *       which a signal interrupts the process. At least one step is done, so that every attempt
 *       makes progress. It also ends after the epoch at which its caller wants a pause; if the
 *       checkpoint has come so far, no step is done.
 * </ul>
 */
final class StoppingRule {
  /** The decisions. */
  enum Verdict {
    GO_ON,
    STOP_EARLY,
    PAUSE
  }

  private final TrainConfig config;
  private final TimeBudget budget;
  private final BooleanSupplier interruption;
  private final OptionalInt pauseAfter;
  private double bestTop1 = Double.NaN;
  private int epochsWithoutGain;
  private Verdict last = Verdict.GO_ON;

  /**
   * Makes the rule for one attempt.
   *
   * @param start the checkpoint that the attempt goes on from
   * @param interruption returns whether a signal has come that ends the process
   * @param pauseAfter the epoch after which the caller wants a pause; empty for none
   */
  StoppingRule(
      TrainConfig config,
      Optional<Checkpoint> start,
      TimeBudget budget,
      BooleanSupplier interruption,
      OptionalInt pauseAfter) {
    this.config = config;
    this.budget = budget;
    this.interruption = interruption;
    this.pauseAfter = pauseAfter;
    if (start.isPresent()) {
      bestTop1 = start.get().bestTop1();
      epochsWithoutGain = start.get().epochsWithoutGain();
      last =
          isOutOfPatience()
              ? Verdict.STOP_EARLY
              : isPauseWantedAfter(start.get().epoch()) ? Verdict.PAUSE : Verdict.GO_ON;
    }
  }

  /** Decides after a checkpoint within an epoch. */
  Verdict withinEpoch() {
    last = isPauseDue() ? Verdict.PAUSE : Verdict.GO_ON;
    return last;
  }

  /** Decides after an epoch. */
  Verdict after(EpochMetrics epoch) {
    epoch.val().ifPresent(val -> count(val.top1()));
    if (isOutOfPatience()) {
      last = Verdict.STOP_EARLY;
    } else if (isPauseWantedAfter(epoch.epoch())
        || (epoch.epoch() < config.epochs() && isPauseDue())) {
      last = Verdict.PAUSE;
    }
    return last;
  }

  /** Returns the newest decision; before the first one, the one that the checkpoint implies. */
  Verdict last() {
    return last;
  }

  int epochsWithoutGain() {
    return epochsWithoutGain;
  }

  private void count(double top1) {
    boolean better = !(top1 <= bestTop1); // the first one is better than NaN
    bestTop1 = better ? top1 : bestTop1;
    epochsWithoutGain = better ? 0 : epochsWithoutGain + 1;
  }

  private boolean isOutOfPatience() {
    return config.earlyStopping().isOn() && epochsWithoutGain >= config.earlyStopping().patience();
  }

  private boolean isPauseWantedAfter(int epoch) {
    return pauseAfter.isPresent() && epoch >= pauseAfter.getAsInt() && epoch < config.epochs();
  }

  /** Returns whether the attempt is to end after the present step. */
  boolean isPauseDue() {
    return budget.isUsedUp() || interruption.getAsBoolean();
  }
}
