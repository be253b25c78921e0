package org.finegrain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the keys of one section. A missing key has its default value. If a value has a fault, the
 * fault is noted and the default value is used, so that reading goes on and all faults are reported
 * at once. {@link #refuseUnknown} must come last: every key that was not read before is unknown.
 */
final class ConfigSection {
  private final String path;
  private final ConfigObject values;
  private final ConfigFaults faults;
  private final Set<String> known = new TreeSet<>();
  private final Map<String, ConfigSection> sections = new TreeMap<>();

  private ConfigSection(String path, ConfigObject values, ConfigFaults faults) {
    this.path = path;
    this.values = values;
    this.faults = faults;
  }

  static ConfigSection root(ConfigObject values, ConfigFaults faults) {
    return new ConfigSection("", values, faults);
  }

  /** Returns a section without keys, from which every setting is read as its default. */
  static ConfigSection empty() {
    return root(ConfigFactory.empty().root(), new ConfigFaults());
  }

  /** Returns the section {@code name} within this one. */
  ConfigSection section(String name) {
    ConfigObject inner =
        read(
            name,
            ConfigValueFactory.fromMap(Map.of()),
            "must be a section, { … }",
            value -> value instanceof ConfigObject object ? Optional.of(object) : Optional.empty());
    ConfigSection section = new ConfigSection(key(name), inner, faults);
    sections.put(name, section);
    return section;
  }

  /** Reads a whole number. */
  NumberSetting<Integer> whole(String name, int defaultValue) {
    int value =
        read(
            name,
            defaultValue,
            v -> wholeRule(v, Integer.MAX_VALUE),
            v -> decimal(v).flatMap(exact(BigDecimal::intValueExact)));
    return setting(name, value, defaultValue);
  }

  /** Reads a whole number of 64 bits. */
  NumberSetting<Long> wholeLong(String name, long defaultValue) {
    long value =
        read(
            name,
            defaultValue,
            v -> wholeRule(v, Long.MAX_VALUE),
            v -> decimal(v).flatMap(exact(BigDecimal::longValueExact)));
    return setting(name, value, defaultValue);
  }

  /** Reads a number with all its digits. */
  BigDecimal decimal(String name, BigDecimal defaultValue) {
    return read(name, defaultValue, "must be a number", ConfigSection::decimal);
  }

  /** Reads a number. */
  NumberSetting<Double> number(String name, double defaultValue) {
    return setting(
        name, read(name, defaultValue, "must be a number", ConfigSection::finite), defaultValue);
  }

  /** Reads a whole number that satisfies {@code condition}, or {@code auto}, which is empty. */
  OptionalInt wholeOrAuto(
      String name, OptionalInt defaultValue, IntPredicate condition, String rule) {
    return read(
        name,
        defaultValue,
        rule + ", or auto",
        value ->
            "auto".equals(value.unwrapped())
                ? Optional.of(OptionalInt.empty())
                : decimal(value)
                    .flatMap(exact(BigDecimal::intValueExact))
                    .filter(condition::test)
                    .map(OptionalInt::of));
  }

  /** Reads a whole number from 1, or {@code all}. */
  ExecutorsPerTrial executorsPerTrial(String name) {
    return read(
        name,
        ExecutorsPerTrial.ALL,
        "must be a whole number from 1, or all",
        value ->
            "all".equals(value.unwrapped())
                ? Optional.of(ExecutorsPerTrial.ALL)
                : decimal(value)
                    .flatMap(exact(BigDecimal::intValueExact))
                    .filter(number -> number >= 1)
                    .map(ExecutorsPerTrial::of));
  }

  /** Reads a duration above 0 with its unit, such as {@code 90m}. */
  Duration duration(String name, Duration defaultValue) {
    return read(
        name, defaultValue, "must be a duration such as 90m or 8h", ConfigSection::positive);
  }

  /** Reads a duration above 0 with its unit, such as {@code 90m}, or {@code none}: empty. */
  Optional<Duration> durationOrNone(String name, Optional<Duration> defaultValue) {
    return read(
        name,
        defaultValue,
        "must be a duration such as 90m or 8h, or none",
        value -> {
          if ("none".equals(value.unwrapped())) {
            return Optional.of(Optional.empty());
          }
          Optional<Duration> duration = positive(value);
          return duration.isPresent() ? Optional.of(duration) : Optional.empty();
        });
  }

  /** Reads {@code true} or {@code false}. */
  boolean flag(String name, boolean defaultValue) {
    return read(
        name,
        defaultValue,
        "must be true or false",
        value -> value.unwrapped() instanceof Boolean flag ? Optional.of(flag) : Optional.empty());
  }

  /** Reads any text that is not blank. */
  String text(String name, String defaultValue) {
    return read(
        name,
        defaultValue,
        "must be text",
        value ->
            value.unwrapped() instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty());
  }

  /** Reads a text that satisfies {@code condition}, or {@code none}, which is empty. */
  Optional<String> textOrNone(
      String name, Optional<String> defaultValue, Predicate<String> condition, String rule) {
    return read(
        name,
        defaultValue,
        rule + ", or none",
        value ->
            !(value.unwrapped() instanceof String text)
                ? Optional.empty()
                : text.equals("none")
                    ? Optional.of(Optional.empty())
                    : condition.test(text) ? Optional.of(Optional.of(text)) : Optional.empty());
  }

  /** Reads one of the {@code allowed} texts. */
  String oneOf(String name, String defaultValue, List<String> allowed) {
    return read(
        name,
        defaultValue,
        "must be one of " + String.join(", ", allowed),
        value -> allowed.stream().filter(a -> a.equals(value.unwrapped())).findFirst());
  }

  /** Reads a constant of the enum of {@code defaultValue}, as {@link #text(Enum)} names it. */
  <E extends Enum<E>> E oneOf(String name, E defaultValue) {
    Map<String, E> constants = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (E constant : defaultValue.getDeclaringClass().getEnumConstants()) {
      constants.put(text(constant), constant);
      names.add(text(constant));
    }
    return constants.get(oneOf(name, text(defaultValue), names));
  }

  /** Reads one of the {@code allowed} numbers. */
  int oneOf(String name, int defaultValue, List<Integer> allowed) {
    String names = allowed.stream().map(Object::toString).collect(Collectors.joining(", "));
    return whole(name, defaultValue).must(allowed::contains, "must be one of " + names);
  }

  /** Reads one number for each of the channels red, green and blue. */
  List<Double> channels(String name, List<Double> defaultValue, NumberRule rule) {
    return list(
        name,
        defaultValue,
        "must be a list of 3 numbers " + rule.text(),
        ConfigSection::finite,
        values -> values.size() == 3 && values.stream().allMatch(rule.condition()::test));
  }

  /** A condition that every number of a list must satisfy, and its text for messages. */
  record NumberRule(String text, DoublePredicate condition) {}

  /** Reads one or more whole numbers from 0, none of them twice. */
  List<Long> seeds(String name, List<Long> defaultValue) {
    return list(
        name,
        defaultValue,
        "must be a list of one or more whole numbers from 0, none of them twice",
        value -> decimal(value).flatMap(exact(BigDecimal::longValueExact)).filter(v -> v >= 0),
        values -> !values.isEmpty() && distinct(values));
  }

  /** Reads any number of whole numbers from 0, each only once. */
  List<Long> someSeeds(String name) {
    return list(
        name,
        List.of(),
        "must be a list of whole numbers from 0, none of them twice",
        value -> decimal(value).flatMap(exact(BigDecimal::longValueExact)).filter(v -> v >= 0),
        ConfigSection::distinct);
  }

  /** Reads one or more whole numbers from 1, in rising order. */
  List<Integer> ascending(String name, List<Integer> defaultValue) {
    return list(
        name,
        defaultValue,
        "must be a list of one or more whole numbers from 1, each above the one before",
        value -> decimal(value).flatMap(exact(BigDecimal::intValueExact)).filter(v -> v >= 1),
        values -> !values.isEmpty() && values.equals(values.stream().distinct().sorted().toList()));
  }

  /** Reads any number of the {@code allowed} texts, none of them twice. */
  List<String> someOf(String name, List<String> defaultValue, List<String> allowed) {
    return list(
        name,
        defaultValue,
        "must be a list of " + String.join(", ", allowed) + ", none of them twice",
        value -> allowed.stream().filter(a -> a.equals(value.unwrapped())).findFirst(),
        ConfigSection::distinct);
  }

  /** Returns a section whose keys are not fixed, as it stands there. */
  ConfigObject object(String name) {
    ConfigSection section = section(name);
    section.known.addAll(section.values.keySet());
    return section.values;
  }

  /** Returns the sections within a section, by name; their names are not fixed. */
  SortedMap<String, ConfigSection> sections(String name) {
    ConfigSection outer = section(name);
    SortedMap<String, ConfigSection> inner = new TreeMap<>();
    outer.values.keySet().forEach(key -> inner.put(key, outer.section(key)));
    return inner;
  }

  /** Returns the values of a section whose keys are not fixed, by key; quotes are optional. */
  SortedMap<String, ConfigValue> entries(String name) {
    return entries(object(name));
  }

  /** Returns the values within {@code object}, by their whole keys, without quotes. */
  static SortedMap<String, ConfigValue> entries(ConfigObject object) {
    SortedMap<String, ConfigValue> entries = new TreeMap<>();
    object
        .toConfig()
        .entrySet()
        .forEach(
            entry ->
                entries.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())), entry.getValue()));
    return entries;
  }

  /** Notes a fault of one of {@link #entries}. */
  void fault(String name, ConfigValue value, String rule) {
    faults.add(key(name), value, rule);
  }

  /**
   * Notes a fault if a rule between two keys does not hold. The fault names the key that the user
   * has given. Nothing is noted if one of the keys has a fault of its own.
   *
   * @param name the key that the rule is about, relative to this section
   * @param rule the begin of a sentence that the other key and its value complete, such as {@code
   *     must be at most}
   * @param other the other key, relative to this section
   */
  void between(String name, String rule, String other, boolean holds) {
    Config config = values.toConfig();
    if (holds
        || !config.hasPath(name)
        || !config.hasPath(other)
        || faults.contains(key(name))
        || faults.contains(key(other))) {
      return;
    }
    ConfigValue value = config.getValue(name);
    ConfigValue otherValue = config.getValue(other);
    String origin = Origins.of(value);
    faults.add(
        Origins.isBackground(origin) ? Origins.of(otherValue) : origin,
        key(name),
        Optional.of(Hocon.written(value)),
        rule + " " + key(other) + " = " + Hocon.written(otherValue));
  }

  /** Notes a fault for every key in this section and its sections that was not read. */
  void refuseUnknown() {
    refuseUnknown(new NearestKey(keys().toList()));
  }

  private void refuseUnknown(NearestKey nearest) {
    values.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            faults.add(
                Origins.of(value),
                key(name),
                Optional.empty(),
                "unknown key, " + nearest.advice(path, name, known));
          }
        });
    sections.values().forEach(section -> section.refuseUnknown(nearest));
  }

  private Stream<String> keys() {
    return known.stream()
        .flatMap(
            name ->
                sections.containsKey(name)
                    ? Stream.concat(Stream.of(key(name)), sections.get(name).keys())
                    : Stream.of(key(name)));
  }

  private <T> List<T> list(
      String name,
      List<T> defaultValue,
      String rule,
      Function<ConfigValue, Optional<T>> element,
      Predicate<List<T>> condition) {
    return read(
        name,
        defaultValue,
        rule,
        value -> {
          if (!(value instanceof ConfigList elements)) {
            return Optional.empty();
          }
          List<T> read = elements.stream().flatMap(e -> element.apply(e).stream()).toList();
          return read.size() == elements.size() && condition.test(read)
              ? Optional.of(read)
              : Optional.empty();
        });
  }

  /** Returns the rule that a value breaks which is no whole number up to {@code max}. */
  private static String wholeRule(ConfigValue value, long max) {
    boolean isTooLarge;
    try { // a double, as a JSON number such as 1e400 is infinite
      isTooLarge = Double.parseDouble(value.unwrapped().toString()) >= max;
    } catch (NumberFormatException e) {
      isTooLarge = false;
    }
    return isTooLarge ? "must be a whole number of at most " + max : "must be a whole number";
  }

  private <T> T read(
      String name, T defaultValue, String rule, Function<ConfigValue, Optional<T>> reading) {
    return read(name, defaultValue, value -> rule, reading);
  }

  private <T> T read(
      String name,
      T defaultValue,
      Function<ConfigValue, String> rule,
      Function<ConfigValue, Optional<T>> reading) {
    known.add(name);
    ConfigValue value = values.get(name);
    if (value == null) {
      return defaultValue;
    }
    Optional<T> result = reading.apply(value);
    if (result.isEmpty()) {
      faults.add(key(name), value, rule.apply(value));
    }
    return result.orElse(defaultValue);
  }

  private <T extends Number & Comparable<T>> NumberSetting<T> setting(
      String name, T value, T defaultValue) {
    return new NumberSetting<>(
        value, defaultValue, rule -> faults.add(key(name), values.get(name), rule));
  }

  /** Returns the whole key of a name in this section. */
  String key(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Returns the name of a constant in a configuration, such as {@code stage} or {@code ce+cc}. */
  static String text(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  private static Optional<BigDecimal> decimal(ConfigValue value) {
    if (value.valueType() != ConfigValueType.NUMBER
        && value.valueType() != ConfigValueType.STRING) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value.unwrapped().toString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns a duration above 0; empty without a unit, which would leave the meaning open. */
  private static Optional<Duration> positive(ConfigValue value) {
    if (value.valueType() != ConfigValueType.STRING || decimal(value).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.atKey("value").getDuration("value")).filter(it -> it.toMillis() > 0);
    } catch (com.typesafe.config.ConfigException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> finite(ConfigValue value) {
    return decimal(value).map(BigDecimal::doubleValue).filter(Double::isFinite);
  }

  private static <T> Function<BigDecimal, Optional<T>> exact(Function<BigDecimal, T> conversion) {
    return decimal -> {
      try {
        return Optional.of(conversion.apply(decimal));
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
    };
  }

  private static boolean distinct(List<?> values) {
    return new HashSet<>(values).size() == values.size();
  }
}
