package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Map;

/**
 * Makes variants of one experiment. The experiment is rendered and parsed once, so that a plan of
 * thousands of trials takes seconds.
 */
public final class ExperimentVariants {
  private final Config parsed;

  private ExperimentVariants(Config parsed) {
    this.parsed = parsed;
  }

  static ExperimentVariants of(ExperimentConfig experiment) {
    return new ExperimentVariants(
        ConfigFactory.parseString(
            experiment.render(),
            ConfigParseOptions.defaults().setOriginDescription(Origins.RESOLVED)));
  }

  /** Returns the variants of an experiment that are single runs, without a sweep of their own. */
  public static ExperimentVariants trialsOf(ExperimentConfig experiment) {
    return new ExperimentVariants(of(experiment).parsed.withoutPath("sweep"));
  }

  /**
   * Returns the experiment with other values.
   *
   * @param overrides key → value as given to {@code --set}
   * @throws ConfigException with every fault
   */
  public ExperimentConfig with(Map<String, String> overrides) {
    ConfigLayers layers = new ConfigLayers(parsed);
    overrides.forEach((key, value) -> layers.set(key, value, Origins.OVERRIDE));
    return layers.experiment();
  }
}
