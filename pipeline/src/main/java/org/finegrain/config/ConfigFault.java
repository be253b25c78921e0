package org.finegrain.config;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration.
 *
 * @param origin where it was written: {@code file:line}, {@code --set} or {@code default}
 * @param key in full; empty where the file itself cannot be read
 * @param value as written; empty where the key is at fault
 * @param rule what does not hold, and where possible what to write instead
 */
public record ConfigFault(String origin, String key, Optional<String> value, String rule) {
  /** File by file, from top to bottom. */
  static final Comparator<ConfigFault> BY_PLACE =
      Comparator.comparing((ConfigFault fault) -> file(fault.origin))
          .thenComparing(fault -> line(fault.origin));

  /** {@code train.epochs = 0: must be at least 1}. */
  String text() {
    String subject = value.map(v -> key + " = " + v).orElse(key);
    return subject.isEmpty() ? rule : subject + ": " + rule;
  }

  private static String file(String origin) {
    return origin.replaceFirst(":\\d+$", "");
  }

  private static int line(String origin) {
    String file = file(origin);
    return file.equals(origin) ? 0 : Integer.parseInt(origin.substring(file.length() + 1));
  }
}
