package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.doubles;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.Arrays;
import org.finegrain.gradient.GradientCheck;
import org.finegrain.parallel.ParallelLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CcLossTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 10",
    "2, 7, 3, 6, 10",
    "3, 4, 4, 5, 1",
    "2, 12, 2, 1, 10",
    "1, 9, 1, 7, 0.5",
    "4, 11, 5, 9, 0"
  })
  void matchesPlainLoopsAndCentralDifferences(
      int batch, int channels, int classes, int positions, double lambda) {
    int[] sizes = GroupSizes.uneven(channels, classes);
    int[] labels = new int[batch];
    Arrays.setAll(labels, n -> n * 7 % classes);
    LossMask mask = LossMask.draw(sizes, 1, 2);
    float[] f = numbers(batch * channels * positions, 2, 3);
    float[] df = new float[f.length];

    CcLoss.Value value =
        new CcLoss(sizes, lambda).valueAndGradient(f, 0, positions, labels, mask, 1, df, 0);

    PlainCcLoss plain = new PlainCcLoss(sizes, positions, labels, mask, doubles(f));
    assertThat(value.loss()).isCloseTo(plain.loss(lambda), within(1e-9));
    assertThat(value.discrimination()).isCloseTo(plain.discrimination(), within(1e-9));
    assertThat(value.coverage()).isCloseTo(plain.coverage(), within(1e-9));
    GradientCheck.of(() -> plain.loss(lambda)).matches("f", plain.f, df);
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    int[] sizes = GroupSizes.uneven(37, 5);
    int[] labels = {0, 4, 2, 2, 1, 3, 0};
    float[] f = numbers(7 * 37 * 30, 3, 2);
    float[] expected = new float[f.length];
    CcLoss.Value one =
        new CcLoss(sizes, 10, new ParallelLoop(1))
            .valueAndGradient(f, 0, 30, labels, LossMask.none(37), 0.01, expected, 0);
    for (int threads : new int[] {2, 3, 8}) {
      float[] df = new float[f.length];
      CcLoss.Value many =
          new CcLoss(sizes, 10, new ParallelLoop(threads))
              .valueAndGradient(f, 0, 30, labels, LossMask.none(37), 0.01, df, 0);

      assertThat(many).isEqualTo(one);
      assertThat(df).isEqualTo(expected);
    }
  }

  @Test
  void anInstanceServesOtherShapesAndOffsets() {
    int[] sizes = {2, 3};
    CcLoss used = new CcLoss(sizes, 10);
    LossMask mask = LossMask.of(true, false, false, true, true);
    used.valueAndGradient(
        numbers(4 * 5 * 9, 1, 1), 0, 9, new int[] {0, 1, 1, 0}, mask, 1, new float[180], 0);
    float[] f = numbers(2 * 5 * 4 + 3, 1, 2);
    float[] df = new float[f.length + 2];
    CcLoss.Value second = used.valueAndGradient(f, 3, 4, new int[] {1, 0}, mask, 2, df, 5);

    float[] fresh = new float[40];
    CcLoss.Value value =
        new CcLoss(sizes, 10)
            .valueAndGradient(
                Arrays.copyOfRange(f, 3, 43), 0, 4, new int[] {1, 0}, mask, 2, fresh, 0);
    assertThat(second).isEqualTo(value);
    assertThat(Arrays.copyOfRange(df, 5, 45)).isEqualTo(fresh);
    assertThat(df).startsWith(0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -1, 1e-40f, 1e30f, 3e38f, -3e38f})
  void constantMapsOfAnySizeStayFinite(float value) {
    float[] f = new float[2 * 6 * 9];
    Arrays.fill(f, value);
    float[] df = new float[f.length];

    CcLoss.Value loss =
        new CcLoss(new int[] {2, 4}, 10)
            .valueAndGradient(
                f, 0, 9, new int[] {0, 1}, LossMask.draw(new int[] {2, 4}, 1, 0), 1, df, 0);

    assertThat(loss.loss()).isFinite();
    assertThat(loss.coverage()).isCloseTo((1.0 / 2 + 1.0 / 4) / 2, within(1e-12));
    for (float gradient : df) {
      assertThat(gradient).isFinite();
    }
  }

  @Test
  void largeValuesOfBothSignsStayFinite() {
    float[] f = numbers(2 * 6 * 9, 3e38, 1);
    float[] df = new float[f.length];

    CcLoss.Value loss =
        new CcLoss(new int[] {2, 4}, 10)
            .valueAndGradient(f, 0, 9, new int[] {0, 1}, LossMask.none(6), 1, df, 0);

    assertThat(loss.loss()).isFinite();
    for (float gradient : df) {
      assertThat(gradient).isFinite();
    }
  }

  @Test
  void aDivergedFeatureMapGivesADivergedLoss() {
    float[] f = numbers(6 * 9, 1, 1);
    f[20] = Float.NaN;

    assertThat(value(new CcLoss(new int[] {2, 4}, 10), f, 9, LossMask.none(6), 0)).isNaN();
  }

  @Test
  void refusesWhatDoesNotFitTheGroups() {
    CcLoss loss = new CcLoss(new int[] {2, 2}, 10);

    assertThatThrownBy(() -> value(loss, new float[4], 1, LossMask.none(4), 2))
        .hasMessage("Invalid label of image 0 of the batch: 2 (must be from 0 to 1)");
    assertThatThrownBy(() -> value(loss, new float[4], 1, LossMask.none(5), 0))
        .hasMessage("Invalid mask of CC-Loss: 5 channels (the groups have 4)");
    assertThatThrownBy(() -> new CcLoss(new int[] {2, 0}, 10))
        .hasMessage("Invalid group sizes of CC-Loss: [2, 0] (each must be at least 1)");
  }

  private static double value(CcLoss loss, float[] f, int positions, LossMask mask, int... labels) {
    return loss.valueAndGradient(f, 0, positions, labels, mask, 1, new float[f.length], 0).loss();
  }
}
