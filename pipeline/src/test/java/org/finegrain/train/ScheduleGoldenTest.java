package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The {@code poly} cases of {@code sgd.json}; its other kinds are checked through the engine. */
class ScheduleGoldenTest {
  private static final double RELATIVE = 1e-10; // the file holds 12 digits

  @TestFactory
  Stream<DynamicTest> poly() {
    return GoldenFile.open("sgd").cases().stream()
        .filter(golden -> golden.kind().equals("poly"))
        .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    PolySchedule schedule =
        new PolySchedule(
            golden.number("options", "lr0"),
            golden.number("options", "lr_end"),
            golden.number("options", "power"),
            golden.integer("options", "total"));
    int[] steps = golden.integers("outputs", "t");
    for (int i = 0; i < steps.length; i++) {
      assertThat(schedule.at(steps[i]))
          .as("%s: t = %d", golden, steps[i])
          .isCloseTo(
              golden.json("outputs", "lr").get(i).asDouble(), within(RELATIVE * schedule.start()));
    }
  }
}
