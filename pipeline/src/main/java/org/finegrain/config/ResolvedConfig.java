package org.finegrain.config;

import java.util.List;
import java.util.Map;

/**
 * An experiment, and where each of its values was written.
 *
 * @param origins key → {@code file:line}, {@code --set} or {@code default}
 */
public record ResolvedConfig(ExperimentConfig config, Map<String, String> origins) {

  /** As {@link ExperimentConfig#load}, with files that {@code source} reads. */
  public static ResolvedConfig load(List<String> files, List<String> settings, ConfigFiles source) {
    ConfigLayers layers = new ConfigLayers(ConfigParser.reference());
    layers.read(files, source);
    settings.forEach(layers::set);
    return layers.resolve();
  }

  /** Every key with its value and origin, one a line, for {@code --print-config}. */
  public String listing() {
    return Settings.render(config.settings(), key -> origins.getOrDefault(key, Origins.DEFAULT));
  }
}
