package org.finegrain.config;

import java.util.Comparator;
import java.util.Optional;

/**
 * A fault of a configuration.
 *
 * @param origin the place of the fault: {@code file:line}, {@code --set} or {@code default}
 * @param key the key in full; empty if the file itself cannot be read
 * @param value the value as written, unless it may be secret; empty if the key is at fault
 * @param rule the rule that is broken, and if possible what to write instead
 */
public record ConfigFault(String origin, String key, Optional<String> value, String rule) {
  /** The order of faults: file by file, from top to bottom. */
  static final Comparator<ConfigFault> BY_PLACE =
      Comparator.comparing((ConfigFault fault) -> file(fault.origin))
          .thenComparing(fault -> line(fault.origin));

  /** Hides what may be secret, as messages end in logs. */
  public ConfigFault {
    String place = origin;
    String name = key;
    value = value.map(text -> Secrets.shown(place, name, text));
    key = Secrets.withoutUsers(key);
    rule = Secrets.withoutUsers(rule);
  }

  /** Returns the fault without its place, such as {@code train.epochs = 0: must be at least 1}. */
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
