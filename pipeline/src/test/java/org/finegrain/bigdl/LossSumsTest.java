package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossSumsTest {
  private final LossSums sums = new LossSums(2);

  @Test
  void aStepThatIsTriedAgainCountsOnce() {
    add(7, 1, 2);
    add(8, 10, 20);
    add(8, 10, 20);
    add(9, 100, 200);

    assertThat(sums.read()).containsExactly(222, 444);
    assertThat(sums.read()).containsExactly(222, 444);
  }

  @Test
  void beginsAnewWhenCleared() {
    add(0, 1, 2);
    sums.clear();
    assertThat(sums.read()).containsExactly(0, 0);

    add(1, 3, 4);
    assertThat(sums.read()).containsExactly(6, 8);
  }

  @Test
  void addsThePartsOfAStepAgainIfItIsTriedAgain() {
    for (int attempt = 0; attempt < 2; attempt++) {
      sums.begin(5);
      sums.add(new double[] {1, 2}, 3);
      sums.add(new double[] {10, 20}, 1);
    }
    assertThat(sums.read()).containsExactly(13, 26);
  }

  private void add(long step, double... means) {
    sums.begin(step);
    sums.add(means, 2);
  }
}
