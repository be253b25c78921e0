package org.finegrain.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  @Test
  void forgetsTheFirstWeightsSoon() {
    WeightAverage average = new WeightAverage(0.5, new float[] {8});
    average.add(new float[] {0}, 1);
    assertThat(average.average()[0]).as("2/11 of it is left").isCloseTo(16f / 11, within(1e-6f));
    average.add(new float[] {1}, 2);
    // 3/12 of 16/11, and 9/12 of 1
    assertThat(average.average()[0]).isCloseTo(4f / 11 + 0.75f, within(1e-6f));
  }

  @Test
  void laterItsDecayIsTheGivenOne() {
    WeightAverage average = new WeightAverage(0.5, new float[] {8});
    average.add(new float[] {0}, 1000);
    assertThat(average.average()[0]).isEqualTo(4);
  }

  @Test
  void slicesGiveTheBitsOfTheWhole() {
    int size = 200_003;
    int cut = 70_001;
    float[] start = new float[size];
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      start[i] = (float) Math.sin(i);
      weights[i] = (float) Math.cos(i);
    }
    WeightAverage whole = new WeightAverage(0.999, start.clone());
    WeightAverage left = new WeightAverage(0.999, Arrays.copyOfRange(start, 0, cut));
    WeightAverage right = new WeightAverage(0.999, Arrays.copyOfRange(start, cut, size));
    for (int step = 1; step <= 3; step++) {
      whole.add(weights, step);
      left.add(Arrays.copyOfRange(weights, 0, cut), step);
      right.add(Arrays.copyOfRange(weights, cut, size), step);
    }
    assertThat(left.average()).isEqualTo(Arrays.copyOfRange(whole.average(), 0, cut));
    assertThat(right.average()).isEqualTo(Arrays.copyOfRange(whole.average(), cut, size));
  }
}
