package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests the comparisons over images. */
class ImageTestsTest {
  private static final int IMAGES = 2000;
  private final SplittableRandom random = new SplittableRandom(1);
  private final float[] ease = SimulatedRow.drawImages(IMAGES, random);

  @Test
  void identicalPredictionsDoNotDiffer() {
    ImageHits one = nets(0.8, 1);
    ImageHits several = nets(0.8, 3);
    assertThat(McNemarTest.of(one, one).pValue()).isEqualTo(1);
    assertThat(ImagePermutationTest.pValue(several, several)).isEqualTo(1);
    assertThat(TwoWayBootstrap.ofDifference(one, one, 1)).isEqualTo(new ConfidenceInterval(0, 0));
  }

  @Test
  void allRightAgainstAllWrong() {
    ImageHits right = constant(true, 3);
    ImageHits wrong = constant(false, 3);
    assertThat(ImagePermutationTest.pValue(right, wrong)).isZero(); // 2 · 2^−2000
    assertThat(ImagePermutationTest.pValue(right, right)).isEqualTo(1);
    assertThat(ImagePermutationTest.pValue(wrong, wrong)).isEqualTo(1);
    assertThat(TwoWayBootstrap.ofDifference(right, wrong, 1))
        .isEqualTo(new ConfidenceInterval(1, 1));
    assertThat(McNemarTest.of(constant(true, 1), constant(false, 1)).effect()).isEqualTo(1);
  }

  @Test
  void withOneSeedThePermutationTestIsMcNemars() {
    for (int i = 0; i < 5; i++) {
      ImageHits a = nets(0.8, 1);
      ImageHits b = nets(0.81, 1);
      assertThat(ImagePermutationTest.pValue(a, b))
          .isCloseTo(McNemarTest.of(a, b).pValue(), within(1e-10));
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    ImageHits a = nets(0.8, 3);
    ImageHits b = nets(0.81, 5);
    assertThat(ImagePermutationTest.pValue(a, b)).isEqualTo(ImagePermutationTest.pValue(b, a));
    assertThat(ImagePermutationTest.pValue(a, b)).isBetween(0.0, 1.0);
  }

  @Test
  void equalArgumentsGiveEqualIntervals() {
    ImageHits a = nets(0.82, 3);
    ImageHits b = nets(0.80, 3);
    ConfidenceInterval interval = TwoWayBootstrap.ofDifference(a, b, 7);
    assertThat(TwoWayBootstrap.ofDifference(a, b, 7)).isEqualTo(interval);
    assertThat(TwoWayBootstrap.ofDifference(a, b, 8)).isNotEqualTo(interval);
    assertThat(interval.low()).isBetween(-0.02, 0.02);
    assertThat(interval.high()).isBetween(0.02, 0.06);
  }

  @Test
  void countsTheHitsOfEachSeed() {
    ImageHits hits =
        ImageHits.of(
            List.of(new boolean[] {true, true, false}, new boolean[] {true, false, false}));
    assertThat(hits.hits()).containsExactly(new Hits(2, 3), new Hits(1, 3));
    assertThat(hits.seeds()).isEqualTo(2);
    assertThat(hits.images()).isEqualTo(3);
  }

  @Test
  void refusesWhatCannotBeCompared() {
    ImageHits three = ImageHits.of(List.of(new boolean[3]));
    ImageHits four = ImageHits.of(List.of(new boolean[4]));
    assertThatThrownBy(() -> ImagePermutationTest.pValue(three, four))
        .hasMessage("Cannot compare hits on 3 images with hits on 4 images");
    assertThatThrownBy(() -> TwoWayBootstrap.ofDifference(three, four, 1))
        .hasMessageStartingWith("Cannot compare hits on 3 images");
    assertThatThrownBy(() -> McNemarTest.of(constant(true, 1), constant(true, 2)))
        .hasMessage("McNemar's test compares two nets, not 1 with 2");
    assertThatThrownBy(() -> ImageHits.of(List.of(new boolean[3], new boolean[4])))
        .hasMessageStartingWith("One seed has 3 images, another 4");
    assertThatThrownBy(() -> ImageHits.of(List.of())).hasMessageStartingWith("Cannot count hits");
  }

  private ImageHits nets(double accuracy, int seeds) {
    return ImageHits.of(
        new SimulatedRow(accuracy, 0.006, 0.004, IMAGES).drawNets(seeds, ease, random));
  }

  private static ImageHits constant(boolean hit, int seeds) {
    boolean[] net = new boolean[IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      net[image] = hit;
    }
    return ImageHits.of(Collections.nCopies(seeds, net));
  }
}
