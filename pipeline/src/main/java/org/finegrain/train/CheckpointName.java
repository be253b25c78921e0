package org.finegrain.train;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finegrain.engine.TrainingState;

/**
 * The name of a checkpoint's folder: {@code epoch-0007} after 7 epochs, {@code
 * epoch-0007-step-00000180} within the next epoch, after 180 steps of the whole training.
 *
 * @param epoch the number of completed epochs
 * @param step the number of completed steps, from the start of the training; 0 at an epoch's end
 */
record CheckpointName(int epoch, long step) implements Comparable<CheckpointName> {
  private static final Pattern PATTERN = Pattern.compile("epoch-(\\d{4,9})(?:-step-(\\d{8,18}))?");

  static CheckpointName afterEpoch(int epoch) {
    return new CheckpointName(epoch, 0);
  }

  static CheckpointName of(TrainingState state) {
    return new CheckpointName(state.epoch(), state.soFar().isPresent() ? state.step() : 0);
  }

  /** Returns the name that {@code folder} has; empty if it is not the name of a checkpoint. */
  static Optional<CheckpointName> parse(String folder) {
    Matcher matcher = PATTERN.matcher(folder);
    return matcher.matches()
        ? Optional.of(
            new CheckpointName(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** Compares names in the order of the training. */
  @Override
  public int compareTo(CheckpointName that) {
    return Comparator.comparingInt(CheckpointName::epoch)
        .thenComparingLong(CheckpointName::step)
        .compare(this, that);
  }

  /** Returns the name for a reader, such as {@code epoch 7} or {@code step 180 (in epoch 8)}. */
  String text() {
    return step == 0
        ? "epoch " + epoch
        : String.format(Locale.ROOT, "step %d (in epoch %d)", step, epoch + 1);
  }

  @Override
  public String toString() {
    String name = String.format(Locale.ROOT, "epoch-%04d", epoch);
    return step == 0 ? name : name + String.format(Locale.ROOT, "-step-%08d", step);
  }
}
