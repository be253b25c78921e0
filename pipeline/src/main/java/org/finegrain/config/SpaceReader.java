package org.finegrain.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the parts of a space whose keys are keys of the configuration. */
final class SpaceReader {
  private static final Set<String> RANGE = Set.of("from", "to", "steps", "scale");

  /** The keys of the configuration; they are known only once its defaults have been read. */
  private static final class Keys {
    static final List<String> ALL = List.copyOf(ExperimentConfig.DEFAULTS.identity().keySet());
  }

  private final ConfigSection section;

  SpaceReader(ConfigSection section) {
    this.section = section;
  }

  /** Reads {@code set}: configuration key → value. */
  SortedMap<String, String> set() {
    SortedMap<String, String> set = new TreeMap<>();
    section.entries("set").forEach((key, value) -> put(set, "set." + key, key, value));
    return set;
  }

  /** Puts a setting into {@code settings}, or notes its fault at {@code place}. */
  private void put(
      SortedMap<String, String> settings, String place, String key, ConfigValue value) {
    keyFault(key)
        .or(() -> valueFault(key, value))
        .ifPresentOrElse(
            rule -> section.fault(place, value, rule), () -> settings.put(key, Hocon.text(value)));
  }

  /**
   * Reads {@code axes}: name → axis.
   *
   * @param random the draws from the axes: without any, each axis must have a number of values
   */
  SortedMap<String, SweepAxis> axes(RandomDraws random) {
    SortedMap<String, SweepAxis> axes = new TreeMap<>();
    SortedMap<String, ConfigValue> written = new TreeMap<>();
    collectAxes("", section.object("axes"), written);
    written.forEach((name, value) -> axis(name, value).ifPresent(axis -> axes.put(name, axis)));
    axes.forEach(
        (name, axis) -> {
          if (axis.values().isEmpty() && !random.areWanted()) {
            refuse(name, written.get(name), "must have steps, as the space is not random");
          }
        });
    Map<String, String> axisOf = new HashMap<>();
    axes.forEach(
        (name, axis) ->
            axis.values().stream()
                .flatMap(value -> value.settings().keySet().stream())
                .distinct()
                .forEach(
                    key -> {
                      String other = axisOf.putIfAbsent(key, name);
                      if (other != null) {
                        section.fault(
                            "axes." + name,
                            written.get(name),
                            "gives " + key + ", which axes." + other + " gives too");
                      }
                    }));
    return axes;
  }

  /** Quotes around keys are optional, so that an axis may stand in several nested objects. */
  private void collectAxes(
      String prefix, ConfigObject object, SortedMap<String, ConfigValue> axes) {
    object.forEach(
        (part, value) -> {
          String name = prefix.isEmpty() ? part : prefix + "." + part;
          if (value instanceof ConfigObject inner && !isRange(inner)) {
            collectAxes(name, inner, axes);
          } else if (axes.putIfAbsent(name, value) != null) {
            refuse(name, value, "must not stand twice, with quotes and without: use one form");
          }
        });
  }

  private static boolean isRange(ConfigObject object) {
    return !object.isEmpty() && RANGE.containsAll(object.keySet());
  }

  private Optional<SweepAxis> axis(String name, ConfigValue value) {
    if (name.equals("seed") || name.equals("dataset")) {
      return refuse(name, value, "cannot be an axis, write " + section.key(name + "s"));
    }
    if (value instanceof ConfigObject range) {
      return range(name, range);
    }
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      return refuse(
          name, value, "must be a list of one or more values, or a range { from, to, steps }");
    }
    if (new HashSet<>(list).size() < list.size()) {
      return refuse(name, value, "must hold no value twice");
    }
    return list.get(0) instanceof ConfigObject ? named(name, list) : ofKey(name, list);
  }

  private Optional<SweepAxis> refuse(String name, ConfigValue value, String rule) {
    section.fault("axes." + name, value, rule);
    return Optional.empty();
  }

  private Optional<SweepAxis> ofKey(String key, ConfigList list) {
    Optional<String> rule =
        keyFault(key)
            .or(() -> list.stream().flatMap(it -> valueFault(key, it).stream()).findFirst());
    return rule.isPresent()
        ? refuse(key, list, rule.get())
        : Optional.of(SweepAxis.of(key, list.stream().map(Hocon::text).toList()));
  }

  private Optional<SweepAxis> range(String key, ConfigObject object) {
    Optional<String> rule = keyFault(key);
    if (rule.isPresent()) {
      return refuse(key, object, rule.get());
    }
    ConfigFaults faults = new ConfigFaults();
    ConfigSection bounds = ConfigSection.root(object, faults);
    BigDecimal from = bounds.decimal("from", BigDecimal.ZERO);
    BigDecimal to = bounds.decimal("to", BigDecimal.ZERO);
    int steps = bounds.whole("steps", 0).must(it -> it == 0 || it >= 2, "must be 2 or more");
    AxisRange.Scale scale = bounds.oneOf("scale", AxisRange.Scale.LINEAR);
    if (!faults.all().isEmpty()) {
      ConfigFault first = faults.all().get(0);
      return refuse(key, object, first.key() + " " + first.rule());
    }
    if (from.compareTo(to) >= 0) {
      return refuse(key, object, "must have numbers from and to, with from below to");
    }
    if (scale == AxisRange.Scale.LOG && from.signum() <= 0) {
      return refuse(key, object, "must be above 0 for a logarithmic scale");
    }
    AxisRange range = new AxisRange(from, to, steps, scale, takesWholeNumbersOnly(key));
    for (String text : List.of(range.at(0), range.at(1))) {
      Optional<String> fault = valueFault(key, Hocon.value(text, Origins.of(object)));
      if (fault.isPresent()) {
        return refuse(key, object, fault.get());
      }
    }
    SweepAxis axis = SweepAxis.of(key, range);
    return axis.values().size() < steps
        ? refuse(
            key,
            object,
            "has only " + axis.values().size() + " whole numbers for " + steps + " steps")
        : Optional.of(axis);
  }

  /** Tries two numbers, as one of them may be out of the range of a key that takes any. */
  private static boolean takesWholeNumbersOnly(String key) {
    return valueFault(key, Hocon.value("1.5", "")).isPresent()
        && valueFault(key, Hocon.value("0.5", "")).isPresent();
  }

  private Optional<SweepAxis> named(String name, ConfigList list) {
    if (Keys.ALL.contains(name)) {
      return refuse(name, list, "is a key: its values must be plain values");
    }
    List<AxisValue> values = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (ConfigValue each : list) {
      ConfigValue label = each instanceof ConfigObject object ? object.get("name") : null;
      if (label == null || !labels.add(label.unwrapped().toString())) {
        return refuse(
            name, each, "must be { name = …, \"KEY\" = value }, each with a name of its own");
      }
      SortedMap<String, String> settings = new TreeMap<>();
      ConfigSection.entries(((ConfigObject) each).withoutKey("name"))
          .forEach((key, value) -> put(settings, "axes." + name, key, value));
      values.add(new AxisValue(label.unwrapped().toString(), settings));
    }
    return Optional.of(new SweepAxis(values, Optional.empty()));
  }

  /**
   * Reads {@code only-if}: key → other key → the values that it must have one of.
   *
   * @param varied the keys that the space gives, one of which a condition must be of
   */
  SortedMap<String, SortedMap<String, List<String>>> onlyIf(Set<String> varied) {
    SortedMap<String, SortedMap<String, List<String>>> conditions = new TreeMap<>();
    section
        .entries("only-if")
        .forEach(
            (path, value) -> {
              Optional<String> key =
                  Keys.ALL.stream().filter(it -> isCondition(it, path)).findFirst();
              if (key.isEmpty()) {
                section.fault(
                    "only-if." + path,
                    value,
                    "must be KEY { OTHER-KEY = [values] }, both of them keys that change a result");
                return;
              }
              if (!varied.contains(key.get())) {
                section.fault(
                    "only-if." + path,
                    value,
                    "must be of a key that axes or set of the space gives");
              }
              String other = path.substring(key.get().length() + 1);
              List<ConfigValue> values = value instanceof ConfigList list ? list : List.of(value);
              values.stream()
                  .flatMap(it -> valueFault(other, it).stream())
                  .findFirst()
                  .ifPresent(rule -> section.fault("only-if." + path, value, rule));
              conditions
                  .computeIfAbsent(key.get(), it -> new TreeMap<>())
                  .put(other, values.stream().map(Hocon::text).toList());
            });
    return conditions;
  }

  private static boolean isCondition(String key, String path) {
    return path.startsWith(key + ".") && Keys.ALL.contains(path.substring(key.length() + 1));
  }

  private static Optional<String> keyFault(String key) {
    return Keys.ALL.contains(key)
        ? Optional.empty()
        : Optional.of(
            "must be a key that changes a result, " + new NearestKey(Keys.ALL).advice(key));
  }

  /** Returns what is wrong with a value by itself; rules between keys hold for whole trials. */
  private static Optional<String> valueFault(String key, ConfigValue value) {
    ConfigFaults faults = new ConfigFaults();
    ExperimentConfig.read(
        ConfigSection.root(
            ConfigFactory.empty().withValue(ConfigUtil.joinPath(key.split("\\.")), value).root(),
            faults));
    return faults.all().stream().map(f -> Hocon.written(value) + " " + f.rule()).findFirst();
  }
}
