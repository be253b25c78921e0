package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/** Converts values to text and back, as they are written in a file or given to {@code --set}. */
final class Hocon {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Set<String> KEYWORDS = Set.of("true", "false", "null");

  private Hocon() {}

  /**
   * Returns the value that {@code text} means after {@code --set key=}: its meaning in HOCON, or
   * the text itself if it is not HOCON, such as {@code ce+cc} or {@code local[*]}. <code>${…}
   * </code> are not replaced yet.
   */
  static ConfigValue value(String text, String origin) {
    try {
      Config parsed =
          ConfigFactory.parseString(
              "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin));
      if (parsed.root().size() == 1 && parsed.root().containsKey("value")) {
        return parsed.root().get("value");
      }
    } catch (com.typesafe.config.ConfigException e) {
      // not HOCON: the text stands for itself
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }

  /** Returns the shortest text that {@link #value} reads as {@code value}. */
  static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? text((String) value.unwrapped())
        : value.render(ConfigRenderOptions.concise());
  }

  /** Returns the shortest text that {@link #value} reads as the string {@code plain}. */
  static String text(String plain) {
    boolean word = PLAIN_WORD.matcher(plain).matches() && !KEYWORDS.contains(plain);
    return word || value(plain, "").equals(ConfigValueFactory.fromAnyRef(plain))
        ? plain
        : ConfigUtil.quoteString(plain);
  }

  /** Returns {@code value} as a user would write it, for messages. */
  static String written(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      case NUMBER -> digits(value);
      default -> value.render(ConfigRenderOptions.concise());
    };
  }

  /**
   * Returns the digits of a number; a number that is too large, such as {@code 1e400}, as written.
   */
  private static String digits(ConfigValue value) {
    Number number = (Number) value.unwrapped();
    return Double.isFinite(number.doubleValue())
        ? number(number)
        : value.atKey("value").getString("value");
  }

  /** Returns plain digits without trailing zeros. */
  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Returns {@code text} as a quoted string. */
  static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  /**
   * Returns plain digits without trailing zeros, such as {@code 0.0001} or {@code 10}. Equal values
   * give equal texts.
   */
  static String number(Number value) {
    return value instanceof Double
        ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
        : value.toString();
  }

  /** Returns how a value that is given as to {@code --set} must be written in a file. */
  static String inFile(String text) {
    ConfigValue value = value(text, "");
    return value.valueType() == ConfigValueType.STRING && !PLAIN_WORD.matcher(text).matches()
        ? ConfigUtil.quoteString((String) value.unwrapped())
        : text;
  }
}
