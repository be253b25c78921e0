package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossSumsTest {
  private final LossSums sums = new LossSums(2);

  @Test
  void aStepThatIsTriedAgainCountsOnce() {
    sums.add(7, new double[] {1, 2}, 2);
    sums.add(8, new double[] {10, 20}, 2);
    sums.add(8, new double[] {10, 20}, 2);
    sums.add(9, new double[] {100, 200}, 2);

    assertThat(sums.read()).containsExactly(222, 444);
    assertThat(sums.read()).containsExactly(222, 444);
  }

  @Test
  void beginsAnewWhenCleared() {
    sums.add(0, new double[] {1, 2}, 2);
    sums.clear();
    assertThat(sums.read()).containsExactly(0, 0);

    sums.add(1, new double[] {3, 4}, 2);
    assertThat(sums.read()).containsExactly(6, 8);
  }
}
