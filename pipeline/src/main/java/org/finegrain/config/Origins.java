package org.finegrain.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Set;

/** Names the places that values come from. */
final class Origins {
  static final String DEFAULT = "default";
  static final String SET = "--set";
  static final String OVERRIDE = "override";
  static final String RESOLVED = "configuration";
  private static final Set<String> WITHOUT_LINES = Set.of(DEFAULT, SET, OVERRIDE, RESOLVED);

  private Origins() {}

  /**
   * Returns whether the value is a default, or of an earlier configuration: not given by the user.
   */
  static boolean isBackground(String origin) {
    return origin.equals(DEFAULT) || origin.equals(RESOLVED);
  }

  /** Returns the place of a value: {@code file:line}, or one of the constants of this class. */
  static String of(ConfigValue value) {
    ConfigValue leaf = value;
    // An object that several files fill has all of them as its origin; its first value has one.
    while (leaf instanceof ConfigObject object && !object.isEmpty()) {
      leaf = object.get(object.keySet().stream().sorted().findFirst().orElseThrow());
    }
    return of(leaf.origin());
  }

  static String of(ConfigOrigin origin) {
    String file = origin.description().replaceFirst(": \\d+(-\\d+)?$", "");
    return origin.lineNumber() < 1 || WITHOUT_LINES.contains(file)
        ? file
        : file + ":" + origin.lineNumber();
  }
}
