package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.config.ExperimentConfig;

/** Makes small experiments with a space to sweep. */
final class Experiments {
  private Experiments() {}

  /**
   * Returns two values of η on two datasets with two seeds, changed by {@code settings}. Nothing is
   * retried.
   */
  static ExperimentConfig with(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sweep.datasets=[cub,dogs]",
                "sweep.seeds=[1,2]",
                "sweep.axes.\"loss.eta\"=[2,auto]",
                "sweep.retries=0"));
    all.addAll(List.of(settings));
    return ExperimentConfig.load(List.of(), all);
  }
}
