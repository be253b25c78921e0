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

/** Lays settings over one another, each over all before it, and reads the whole. */
final class ConfigLayers {
  private final ConfigFaults faults = new ConfigFaults();
  private final List<ConfigText> texts = new ArrayList<>();
  private Config config;

  ConfigLayers(Config lowest) {
    config = lowest;
  }

  /** Lays {@code files} over what there is, each over the one before. */
  void read(List<String> files, ConfigFiles source) {
    ConfigParser parser = new ConfigParser(source, faults);
    files.forEach(file -> put(parser.parse(file)));
    texts.addAll(parser.texts());
  }

  private void put(Config layer) {
    config = layer.withFallback(config);
  }

  /**
   * @param setting as given to {@code --set}: {@code key=value}
   */
  void set(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      faults.add(Origins.SET, setting, Optional.empty(), "must be key=value");
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
      faults.add(origin, key, Optional.of(value), "is no key: names joined by dots");
    }
  }

  /**
   * @throws ConfigException with every fault, also of reading the files
   */
  ResolvedConfig resolve() {
    faults.throwIfAny(); // half a file would only make further faults
    Config resolved = substituted();
    ConfigSection root = ConfigSection.root(resolved.root(), faults);
    ExperimentConfig experiment = ExperimentConfig.read(root);
    root.refuseUnknown();
    faults.throwIfAny();
    Map<String, String> origins = new TreeMap<>();
    experiment
        .settings()
        .keySet()
        .forEach(
            key -> {
              if (resolved.hasPath(key)) {
                origins.put(key, Origins.of(resolved.getValue(key)));
              }
            });
    return new ResolvedConfig(experiment, origins);
  }

  /** The configuration without {@code ${…}}: each stands for the value of another key. */
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
