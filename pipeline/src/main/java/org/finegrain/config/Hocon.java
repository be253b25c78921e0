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
import java.util.regex.Pattern;

/** Values as text: as written in a file, and as given to {@code --set}. */
final class Hocon {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private Hocon() {}

  /**
   * The value that {@code text} means after {@code --set key=}: HOCON, or where it is none, such as
   * {@code ce+cc} or {@code local[*]}, the text itself. Its <code>${…}</code> are not replaced yet.
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
      // no HOCON: the text stands for itself
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }

  /** The text that {@link #value} reads as {@code value}, as short as possible. */
  static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? text((String) value.unwrapped())
        : value.render(ConfigRenderOptions.concise());
  }

  /** The text that {@link #value} reads as the string {@code plain}, as short as possible. */
  static String text(String plain) {
    return value(plain, "").equals(ConfigValueFactory.fromAnyRef(plain))
        ? plain
        : ConfigUtil.quoteString(plain);
  }

  /** {@code value} as a user would write it, for messages. */
  static String written(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      case NUMBER -> digits(value);
      default -> value.render(ConfigRenderOptions.concise());
    };
  }

  /** One that is too large, such as {@code 1e400}, as it was written. */
  private static String digits(ConfigValue value) {
    Number number = (Number) value.unwrapped();
    return Double.isFinite(number.doubleValue())
        ? number(number)
        : value.atKey("value").getString("value");
  }

  /** Plain digits without trailing zeros: {@code 0.0001}, {@code 10}; one text for every value. */
  static String number(Number value) {
    return value instanceof Double
        ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
        : value.toString();
  }

  /** What to write into a file for a value given as to {@code --set}. */
  static String inFile(String text) {
    ConfigValue value = value(text, "");
    return value.valueType() == ConfigValueType.STRING && !PLAIN_WORD.matcher(text).matches()
        ? ConfigUtil.quoteString((String) value.unwrapped())
        : text;
  }
}
