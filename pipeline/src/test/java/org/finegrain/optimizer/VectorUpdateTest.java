package org.finegrain.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the update of a vector that is large enough for several threads. */
class VectorUpdateTest {
  private static final int SIZE = 200_003;
  private static final int STEPS = 3;
  private static final int[] SLICES = {0, 5, 77_000, 77_000, 150_000, SIZE};

  static Stream<UpdateRule> rules() {
    return Stream.of(
        new Sgd(0, false, 0.01),
        new Sgd(0.9, false, 0.01),
        new Sgd(0.9, true, 0.01),
        new AdamW(0.9, 0.999, 1e-8, 0.01));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void slicesGiveTheBitsOfTheWhole(UpdateRule rule) {
    List<ParameterGroup> groups =
        List.of(
            new ParameterGroup(0, 70_001, rule, 1),
            new ParameterGroup(70_001, 90_000, new Frozen(), 1),
            new ParameterGroup(90_000, SIZE, rule, 10));
    float[] start = numbers(0);
    float[] expected = start.clone();
    VectorUpdate update = new VectorUpdate(groups, 0, SIZE);
    for (int step = 1; step <= STEPS; step++) {
      update.update(expected, numbers(step), new UpdateRule.Step(step, 0.1, 0.5));
    }

    float[] joined = new float[SIZE];
    for (int i = 0; i + 1 < SLICES.length; i++) {
      int from = SLICES[i];
      int to = SLICES[i + 1];
      float[] slice = Arrays.copyOfRange(start, from, to);
      VectorUpdate ofSlice = new VectorUpdate(groups, from, to - from);
      for (int step = 1; step <= STEPS; step++) {
        ofSlice.update(
            slice,
            Arrays.copyOfRange(numbers(step), from, to),
            new UpdateRule.Step(step, 0.1, 0.5));
      }
      System.arraycopy(slice, 0, joined, from, slice.length);
    }
    assertThat(joined).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(expected, 70_001, 90_000))
        .isEqualTo(Arrays.copyOfRange(start, 70_001, 90_000));
    assertThat(Arrays.mismatch(expected, start)).isZero();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theNormIsOfWhatLearns(UpdateRule rule) {
    List<ParameterGroup> groups =
        List.of(
            new ParameterGroup(0, 70_001, rule, 1),
            new ParameterGroup(70_001, SIZE, new Frozen(), 1));
    float[] gradients = numbers(1);
    double expected = 0;
    for (int i = 0; i < 70_001; i++) {
      expected += (double) gradients[i] * gradients[i];
    }
    VectorUpdate update = new VectorUpdate(groups, 0, SIZE);
    double sum = update.sumOfSquares(gradients);
    assertThat(sum).isCloseTo(expected, within(1e-12 * expected));
    for (int i = 0; i < 20; i++) {
      assertThat(update.sumOfSquares(gradients)).isEqualTo(sum);
    }
  }

  private static float[] numbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = (float) (random.nextDouble() - 0.5);
    }
    return numbers;
  }
}
