package org.finegrain.config;

import java.util.List;
import java.util.Map;

/**
 * The configuration of an experiment, with the place that sets each value.
 *
 * @param config the configuration
 * @param origins key → {@code file:line}, {@code --set} or {@code default}
 */
public record ResolvedConfig(ExperimentConfig config, Map<String, String> origins) {

  /** Reads an experiment as {@link ExperimentConfig#load} does, with files from {@code source}. */
  public static ResolvedConfig load(List<String> files, List<String> settings, ConfigFiles source) {
    ConfigLayers layers = new ConfigLayers(ConfigParser.reference());
    layers.read(files, source);
    settings.forEach(layers::set);
    return layers.resolve();
  }

  /** Returns one line for each key, with its value and origin, for {@code --print-config}. */
  public String listing() {
    return Settings.render(config.settings(), key -> origins.getOrDefault(key, Origins.DEFAULT));
  }
}
