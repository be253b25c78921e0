package org.finegrain.config;

import java.util.List;

/**
 * Signals that the configuration has faults. The message lists all of them:
 *
 * <pre>
 * 2 faults in the configuration
 *   conf/experiments/paper-cub.conf:12  train.optimizer.learning-rate = -0.01: must be above 0
 *   --set                               train.epoch: unknown key, did you mean epochs?
 * </pre>
 */
public final class ConfigException extends RuntimeException {
  private final transient List<ConfigFault> faults;

  ConfigException(List<ConfigFault> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns all faults, in the order of their places. */
  public List<ConfigFault> faults() {
    return faults;
  }

  private static String message(List<ConfigFault> faults) {
    int width = faults.stream().mapToInt(fault -> fault.origin().length()).max().orElse(0);
    StringBuilder text =
        new StringBuilder(
            faults.size() == 1
                ? "1 fault in the configuration"
                : faults.size() + " faults in the configuration");
    for (ConfigFault fault : faults) {
      text.append("\n  ")
          .append(fault.origin())
          .append(" ".repeat(width - fault.origin().length() + 2))
          .append(fault.text());
    }
    return text.toString();
  }
}
