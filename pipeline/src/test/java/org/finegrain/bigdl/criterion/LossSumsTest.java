package org.finegrain.bigdl.criterion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossSumsTest {
  private final LossSums sums = new LossSums(2);

  @Test
  void multipliesMeansByTheNumberOfSamples() {
    sums.add(new double[] {1, 2}, 3);
    sums.add(new double[] {10, 20}, 1);
    assertThat(sums.read()).containsExactly(13, 26);
  }

  @Test
  void continuesFromRestoredSums() {
    sums.add(new double[] {1, 2}, 2);
    sums.restore(new double[] {0, 5});
    sums.add(new double[] {3, 4}, 1);
    assertThat(sums.read()).containsExactly(3, 9);
  }
}
