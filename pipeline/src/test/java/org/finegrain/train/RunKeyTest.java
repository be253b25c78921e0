package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunKeyTest {
  private final RunKey run = new RunKey("7f3a19c04d2e", "ab12", 3, 2);

  @Test
  void anEqualRunCanResume() {
    assertThat(run.obstacle(new RunKey("7f3a19c04d2e", "ab12", 3, 2))).isEmpty();
  }

  @Test
  void differencesThatChangeWeightsAreObstacles() {
    assertThat(run.obstacle(new RunKey("000000000000", "ab12", 3, 2)))
        .contains("it belongs to run 000000000000");
    assertThat(run.obstacle(new RunKey("7f3a19c04d2e", "cd34", 3, 2)))
        .contains("it was trained on other data (fingerprint cd34, now ab12)");
    assertThat(run.obstacle(new RunKey("7f3a19c04d2e", "ab12", 3, 1)))
        .contains("it was trained with 1 replicas, now there are 2: give the same executors");
    assertThat(run.obstacle(new RunKey("7f3a19c04d2e", "ab12", 4, 2)))
        .contains("it was trained with seed 4, now 3");
  }
}
