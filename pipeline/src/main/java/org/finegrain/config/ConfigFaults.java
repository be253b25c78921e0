package org.finegrain.config;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects faults while a configuration is read, so that all of them are reported at once. */
final class ConfigFaults {
  private final List<ConfigFault> faults = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  /** Adds the fault that a value breaks {@code rule}. */
  void add(String key, ConfigValue value, String rule) {
    add(Origins.of(value), key, Optional.of(Hocon.written(value)), rule);
  }

  void add(String origin, String key, Optional<String> value, String rule) {
    add(new ConfigFault(origin, key, value, rule));
  }

  void add(ConfigFault fault) {
    faults.add(fault);
    keys.add(fault.key());
  }

  /**
   * Returns whether this key has a fault already, so that a rule between keys need not repeat it.
   */
  boolean contains(String key) {
    return keys.contains(key);
  }

  List<ConfigFault> all() {
    return faults.stream().sorted(ConfigFault.BY_PLACE).toList();
  }

  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigException(all());
    }
  }
}
