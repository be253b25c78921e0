package org.finegrain.bigdl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroBatchTest {
  @Test
  void oneHoldsAllSamplesThatFit() {
    assertThat(MicroBatch.of(5, 8)).containsExactly(new MicroBatch(0, 5, 0));
  }

  @Test
  void haveTheSameSize() {
    assertThat(MicroBatch.of(12, 5))
        .containsExactly(new MicroBatch(0, 4, 0), new MicroBatch(4, 4, 0), new MicroBatch(8, 4, 0));
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "10, 3", "11, 10", "5, 1", "1, 1", "100, 7", "97, 96"})
  void coverAllSamplesOnce(int samples, int most) {
    int next = 0;
    for (MicroBatch part : MicroBatch.of(samples, most)) {
      assertThat(part.samples()).isLessThanOrEqualTo(most);
      assertThat(part.repeated()).isBetween(0, part.samples() - 1);
      assertThat(part.from()).isNotNegative();
      assertThat(part.from() + part.repeated()).isEqualTo(next);
      next = part.from() + part.samples();
    }
    assertThat(next).isEqualTo(samples);
  }
}
