package org.finegrain.config;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a configuration into flat text: key → value as given to {@code --set}. Keys are the names
 * of the records' components, so that no setting can be forgotten in the run id.
 */
final class Settings {
  /** Reading a record's shape takes longer than reading its values. */
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Component.of(type);
        }
      };

  private Settings() {}

  /** Returns every key → its value. */
  static SortedMap<String, String> of(ExperimentConfig config) {
    SortedMap<String, String> settings = new TreeMap<>();
    collect("", config, settings);
    return settings;
  }

  /** Returns the hex SHA-256 of the lines {@code key=value}, in order. */
  static String hash(SortedMap<String, String> settings) {
    StringBuilder lines = new StringBuilder();
    settings.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the settings in HOCON, one line for each key.
   *
   * @param comment returns the comment after the value of a key; empty for none
   */
  static String render(SortedMap<String, String> settings, Function<String, String> comment) {
    StringBuilder lines = new StringBuilder();
    settings.forEach(
        (key, text) -> {
          String line = key + " = " + Hocon.inFile(text);
          String remark = comment.apply(key);
          lines
              .append(
                  remark.isEmpty() ? line : String.format(Locale.ROOT, "%-60s # %s", line, remark))
              .append('\n');
        });
    return lines.toString();
  }

  /** A component of a record, as a key of its section. */
  private record Component(String name, boolean sameSection, Method accessor) {
    static List<Component> of(Class<?> type) {
      return Stream.of(type.getRecordComponents())
          .map(
              component ->
                  new Component(
                      kebab(component.getName()),
                      component.isAnnotationPresent(SameSection.class),
                      component.getAccessor()))
          .toList();
    }

    Object value(Record record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Cannot read " + name, e);
      }
    }
  }

  private static void collect(String section, Record record, SortedMap<String, String> settings) {
    for (Component component : COMPONENTS.get(record.getClass())) {
      String key = section + component.name();
      Object value = component.value(record);
      if (component.sameSection()) {
        collect(section, (Record) value, settings);
      } else if (value instanceof Record inner) {
        collect(key + ".", inner, settings);
      } else if (value instanceof Map<?, ?> named) {
        collect(key, named, settings);
      } else {
        settings.put(key, text(value));
      }
    }
  }

  /** Collects the values of a section whose names are not fixed. */
  private static void collect(String section, Map<?, ?> named, SortedMap<String, String> settings) {
    named.forEach(
        (name, value) -> {
          String key = section + "." + Hocon.quoted((String) name);
          if (value instanceof SweepAxis axis) {
            settings.put(key, axis.hocon((String) name));
          } else if (value instanceof Record inner) {
            collect(key + ".", inner, settings);
          } else if (value instanceof Map<?, ?> inner) {
            collect(key, inner, settings);
          } else if (value instanceof List<?> values) {
            settings.put(key, listText(values));
          } else {
            settings.put(key, (String) value);
          }
        });
  }

  private static String listText(List<?> values) {
    return values.stream()
        .map(text -> Hocon.inFile((String) text))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String text(Object value) {
    if (value instanceof Number number) {
      return Hocon.number(number);
    } else if (value instanceof OptionalInt number) {
      return number.isPresent() ? Integer.toString(number.getAsInt()) : "auto";
    } else if (value instanceof Duration duration) {
      return text(duration);
    } else if (value instanceof Optional<?> content) {
      return content.map(it -> text((Object) it)).orElse("none");
    } else if (value instanceof Enum<?> constant) {
      return ConfigSection.text(constant);
    } else if (value instanceof List<?> list) {
      return list.stream().map(Settings::text).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text ? Hocon.text(text) : value.toString();
  }

  /** Returns a duration in the largest unit that divides it, such as {@code 90m}. */
  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    } else if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
