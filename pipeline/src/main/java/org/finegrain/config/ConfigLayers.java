package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts layers of settings over one another, each over all before it, and resolves them. */
final class ConfigLayers {
  private final ConfigFaults faults = new ConfigFaults();
  private final List<ConfigText> texts = new ArrayList<>();
  private Config config;

  ConfigLayers(Config lowest) {
    config = lowest;
  }

  /** Adds the files as layers, each one over those before it. */
  void read(List<String> files, ConfigFiles source) {
    ConfigParser parser = new ConfigParser(source, faults);
    files.forEach(file -> put(parser.parse(file)));
    texts.addAll(parser.texts());
  }

  private void put(Config layer) {
    config = layer.withFallback(config);
  }

  /**
   * Adds one setting as a layer.
   *
   * @param setting the setting as given to {@code --set}: {@code key=value}
   */
  void set(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      faults.add(Origins.SET, Secrets.keyOf(setting), Optional.empty(), "must be key=value");
      return;
    }
    set(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip(), Origins.SET);
  }

  void set(String key, String value, String origin) {
    try {
      List<String> names = ConfigUtil.splitPath(key);
      put(Hocon.value(value, origin).atPath(ConfigUtil.joinPath(names)));
      texts.add(new ConfigText(origin, value));
    } catch (com.typesafe.config.ConfigException.BadPath e) {
      faults.add(
          origin,
          key,
          Optional.of(value),
          "is not a key, which is one or more names joined by dots");
    }
  }

  /**
   * Returns the experiment with the place of each value.
   *
   * @throws ConfigException with every fault, those of reading the files included
   */
  ResolvedConfig resolve() {
    faults.throwIfAny(); // a file that was read in part would only cause further faults
    Config resolved = substituted();
    ExperimentConfig experiment = read(resolved);
    Map<String, String> origins = new TreeMap<>();
    experiment
        .settings()
        .keySet()
        .forEach(
            key -> {
              Stream.of(
                      key, key.replace("\"", "")) // quotes around the name of an axis are optional
                  .filter(resolved::hasPath)
                  .findFirst()
                  .ifPresent(path -> origins.put(key, Origins.of(resolved.getValue(path))));
            });
    return new ResolvedConfig(experiment, origins);
  }

  /**
   * Returns the experiment alone.
   *
   * @throws ConfigException as {@link #resolve}
   */
  ExperimentConfig experiment() {
    faults.throwIfAny();
    return read(substituted());
  }

  private ExperimentConfig read(Config resolved) {
    ConfigSection root = ConfigSection.root(resolved.root(), faults);
    ExperimentConfig experiment = ExperimentConfig.read(root);
    root.refuseUnknown();
    faults.throwIfAny();
    return experiment;
  }

  /** Returns the configuration in which each {@code ${…}} is replaced by the value of its key. */
  private Config substituted() {
    UnknownSubstitutions unknown = new UnknownSubstitutions();
    Config resolved = ConfigFactory.empty();
    try {
      resolved = config.resolve(ConfigResolveOptions.noSystem().appendResolver(unknown));
    } catch (com.typesafe.config.ConfigException e) {
      if (unknown.isEmpty()) {
        faults.add(ConfigParser.fault(e));
      }
    }
    unknown.report(texts, faults);
    faults.throwIfAny();
    return resolved;
  }
}
