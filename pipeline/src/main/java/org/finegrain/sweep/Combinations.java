package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.finegrain.config.AxisValue;
import org.finegrain.config.RandomDraws;
import org.finegrain.config.SweepAxis;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/** Combines the values of a space's axes. A combination is axis → value. */
final class Combinations {
  private Combinations() {}

  /**
   * Returns the combinations of a space: all of them, in the order of the axes' names with the last
   * axis changing fastest, or those that are drawn.
   */
  static List<SortedMap<String, AxisValue>> of(
      SortedMap<String, SweepAxis> axes, RandomDraws random) {
    return random.areWanted() ? drawn(axes, random) : all(axes);
  }

  private static List<SortedMap<String, AxisValue>> all(SortedMap<String, SweepAxis> axes) {
    List<SortedMap<String, AxisValue>> combinations = List.of(new TreeMap<>());
    for (Map.Entry<String, SweepAxis> axis : axes.entrySet()) {
      List<SortedMap<String, AxisValue>> longer = new ArrayList<>();
      for (SortedMap<String, AxisValue> combination : combinations) {
        for (AxisValue value : axis.getValue().values()) {
          SortedMap<String, AxisValue> next = new TreeMap<>(combination);
          next.put(axis.getKey(), value);
          longer.add(next);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  /** Each axis has a stream of its own, so that another axis leaves its draws as they were. */
  private static List<SortedMap<String, AxisValue>> drawn(
      SortedMap<String, SweepAxis> axes, RandomDraws random) {
    List<SortedMap<String, AxisValue>> combinations = new ArrayList<>();
    for (int i = 0; i < random.samples(); i++) {
      SortedMap<String, AxisValue> combination = new TreeMap<>();
      for (Map.Entry<String, SweepAxis> axis : axes.entrySet()) {
        SplittableRandom stream =
            Seeds.random(random.seed(), Purpose.SWEEP_DRAWS, axis.getKey(), i);
        combination.put(axis.getKey(), draw(axis.getKey(), axis.getValue(), stream));
      }
      combinations.add(combination);
    }
    return combinations;
  }

  private static AxisValue draw(String name, SweepAxis axis, SplittableRandom stream) {
    return axis.range()
        .map(range -> AxisValue.of(name, range.at(stream.nextDouble())))
        .orElseGet(() -> axis.values().get(stream.nextInt(axis.values().size())));
  }
}
