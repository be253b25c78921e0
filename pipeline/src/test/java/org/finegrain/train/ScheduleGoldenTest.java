package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.LearningRate;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests schedules against the {@code poly} cases of {@code sgd.json} and the {@code schedule} cases
 * of {@code optimizer.json}. The tests of optimizers check the other cases.
 */
class ScheduleGoldenTest {
  private static final double RELATIVE = 1e-10; // the file holds 12 digits

  /** Option of a case → key of a configuration. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "epochs", "train.epochs",
          "kind", "train.schedule.kind",
          "lr", "train.optimizer.learning-rate",
          "end", "train.schedule.end-learning-rate",
          "power", "train.schedule.power",
          "milestones", "train.schedule.milestones",
          "gamma", "train.schedule.gamma",
          "warm_up_epochs", "train.schedule.warm-up.epochs",
          "warm_up_steps", "train.schedule.warm-up.steps",
          "factor", "train.schedule.warm-up.factor");

  @TestFactory
  Stream<DynamicTest> poly() {
    return GoldenFile.open("sgd").cases().stream()
        .filter(golden -> golden.kind().equals("poly"))
        .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> check(golden)));
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    return GoldenFile.open("optimizer").cases().stream()
        .filter(golden -> golden.kind().equals("schedule"))
        .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> checkConfigured(golden)));
  }

  private static void checkConfigured(GoldenCase golden) {
    Map<String, String> settings = new HashMap<>();
    SETTINGS.forEach((option, key) -> settings.put(key, golden.json("options", option).toString()));
    LearningRate schedule =
        Schedules.of(
            ExperimentConfig.DEFAULTS.withOverrides(settings).train(),
            golden.integer("options", "steps_per_epoch"));
    JsonNode rates = golden.json("outputs", "lr");
    for (int step = 0; step < rates.size(); step++) {
      assertThat(schedule.at(step))
          .as("%s: step %d", golden, step)
          .isCloseTo(rates.get(step).asDouble(), within(RELATIVE * golden.number("options", "lr")));
    }
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
