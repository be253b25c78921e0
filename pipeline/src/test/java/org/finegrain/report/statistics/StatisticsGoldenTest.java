package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Compares the statistics with those of SciPy, statsmodels and scikit-posthocs, which {@code
 * src/test/python/statistics_values.py} has written.
 */
class StatisticsGoldenTest {
  private static final double CLOSE = 1e-9;
  private static final double LEVEL = 0.05;

  @TestFactory
  Stream<DynamicTest> comparisons() {
    return cases("compare", StatisticsGoldenTest::checkComparisons);
  }

  @TestFactory
  Stream<DynamicTest> corrections() {
    return cases(
        "holm",
        golden ->
            assertThat(HolmCorrection.adjust(numbers(golden.json("p"))))
                .usingElementComparator((a, b) -> Math.abs(a - b) < CLOSE ? 0 : 1)
                .isEqualTo(numbers(golden.json("corrected"))));
  }

  @TestFactory
  Stream<DynamicTest> powers() {
    return cases("power", StatisticsGoldenTest::checkPower);
  }

  @TestFactory
  Stream<DynamicTest> testsOverImages() {
    return cases("images", StatisticsGoldenTest::checkImages);
  }

  @TestFactory
  Stream<DynamicTest> bootstraps() {
    return cases("bootstrap", StatisticsGoldenTest::checkBootstrap);
  }

  @TestFactory
  Stream<DynamicTest> ranks() {
    return cases("friedman", StatisticsGoldenTest::checkRanks);
  }

  @TestFactory
  Stream<DynamicTest> criticalDifferences() {
    return cases(
        "critical-difference",
        golden ->
            golden.checkForward(
                new CriticalDifference(golden.integer("methods"), golden.integer("datasets"))
                    .value(),
                "value"));
  }

  private static void checkComparisons(GoldenCase golden) {
    List<List<Hits>> rows = new ArrayList<>();
    for (JsonNode row : golden.json("rows")) {
      List<Hits> hits = new ArrayList<>();
      row.forEach(count -> hits.add(new Hits(count.asLong(), golden.integer("samples"))));
      rows.add(hits);
    }
    OneWayLayout layout = OneWayLayout.of(rows);
    for (JsonNode pair : golden.json("pairs")) {
      int row = pair.required("row").asInt();
      int other = pair.required("other").asInt();
      check(
          SeedComparison.of(layout, row, other, SeedComparison.Variance.POOLED),
          pair.required("effect").asDouble(),
          pair.required("pooled"));
      if (pair.has("welch")) {
        check(
            SeedComparison.of(layout, row, other, SeedComparison.Variance.WELCH),
            pair.required("effect").asDouble(),
            pair.required("welch"));
      }
      if (pair.has("spread")) {
        SpreadTest test = SpreadTest.of(layout, row, other);
        JsonNode expected = pair.required("spread");
        assertThat(test.ratio()).isCloseTo(expected.required("ratio").asDouble(), within(CLOSE));
        assertThat(test.pValue()).isCloseTo(expected.required("p").asDouble(), within(CLOSE));
        assertThat(test.power()).isCloseTo(expected.required("power").asDouble(), within(CLOSE));
      }
    }
  }

  private static void check(SeedComparison comparison, double effect, JsonNode expected) {
    assertThat(comparison.effect()).isCloseTo(effect, within(CLOSE));
    assertThat(comparison.pValue()).isCloseTo(expected.required("p").asDouble(), within(CLOSE));
    assertThat(comparison.interval().low())
        .isCloseTo(expected.required("low").asDouble(), within(CLOSE));
    assertThat(comparison.interval().high())
        .isCloseTo(expected.required("high").asDouble(), within(CLOSE));
  }

  private static void checkPower(GoldenCase golden) {
    int rows = golden.integer("rows");
    int seeds = golden.integer("seeds");
    SeedPower power = new SeedPower(golden.number("std"), rows, seeds, rows * (seeds - 1));
    assertThat(power.detectable()).isCloseTo(golden.number("detectable"), within(1e-8));
    assertThat(power.seedsFor(0.01)).isEqualTo(golden.integer("seeds-for-a-point"));
  }

  private static void checkImages(GoldenCase golden) {
    ImageHits a = images(golden.json("a"));
    ImageHits b = images(golden.json("b"));
    golden.checkForward(ImagePermutationTest.pValue(a, b), "p");
    golden.checkForward(ImagePermutationTest.pValue(b, a), "p");
    if (golden.has("mcnemar")) {
      golden.checkForward(McNemarTest.of(a, b).pValue(), "mcnemar");
    }
  }

  /** Both sides draw, so the ends agree only up to the noise of some thousand draws. */
  private static void checkBootstrap(GoldenCase golden) {
    ConfidenceInterval interval =
        TwoWayBootstrap.ofDifference(images(golden.json("a")), images(golden.json("b")), 1);
    double noise = 0.04 * (golden.number("high") - golden.number("low"));
    assertThat(interval.low()).isCloseTo(golden.number("low"), within(noise));
    assertThat(interval.high()).isCloseTo(golden.number("high"), within(noise));
  }

  private static void checkRanks(GoldenCase golden) {
    List<List<Double>> accuracies = new ArrayList<>();
    golden.json("accuracies").forEach(dataset -> accuracies.add(numbers(dataset)));
    MeanRanks ranks = MeanRanks.of(accuracies).orElseThrow();
    List<Double> expected = numbers(golden.json("mean-ranks"));
    double criticalDifference = ranks.criticalDifference().value();
    for (int method = 0; method < ranks.methods(); method++) {
      assertThat(ranks.mean(method)).isCloseTo(expected.get(method), within(CLOSE));
      for (int other = 0; other < ranks.methods(); other++) {
        double nemenyi = golden.json("nemenyi-p").get(method).get(other).asDouble();
        assertThat(Math.abs(ranks.mean(method) - ranks.mean(other)) >= criticalDifference)
            .isEqualTo(nemenyi < LEVEL);
      }
    }
    golden.checkForward(FriedmanTest.of(ranks).statistic(), "statistic");
    golden.checkForward(FriedmanTest.of(ranks).pValue(), "p");
  }

  private static ImageHits images(JsonNode nets) {
    List<boolean[]> bySeed = new ArrayList<>();
    for (JsonNode net : nets) {
      String text = net.asText();
      boolean[] hits = new boolean[text.length()];
      for (int image = 0; image < hits.length; image++) {
        hits[image] = text.charAt(image) == '1';
      }
      bySeed.add(hits);
    }
    return ImageHits.of(bySeed);
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static Stream<DynamicTest> cases(String kind, ThrowingConsumer<GoldenCase> check) {
    List<GoldenCase> all =
        GoldenFile.open("statistics").cases().stream()
            .filter(golden -> golden.kind().equals(kind))
            .toList();
    assertThat(all).isNotEmpty();
    return all.stream()
        .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> check.accept(golden)));
  }
}
