package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossMaskTest {
  private static final int[] SIZES = {1, 2, 3, 10, 11};

  @Test
  void eachGroupKeepsHalfOfItsChannelsRoundedUp() {
    for (int step = 0; step < 50; step++) {
      LossMask mask = LossMask.draw(SIZES, 42, step);
      int channel = 0;
      for (int size : SIZES) {
        int kept = 0;
        for (int j = 0; j < size; j++) {
          kept += mask.keeps(channel++) ? 1 : 0;
        }
        assertThat(kept).isEqualTo((size + 1) / 2);
      }
      assertThat(mask.channels()).isEqualTo(channel);
    }
  }

  @Test
  void dependsOnSeedAndStepAlone() {
    assertThat(LossMask.draw(SIZES, 42, 7)).isEqualTo(LossMask.draw(SIZES, 42, 7));
    assertThat(LossMask.draw(SIZES, 42, 7)).isNotEqualTo(LossMask.draw(SIZES, 42, 8));
    assertThat(LossMask.draw(SIZES, 42, 7)).isNotEqualTo(LossMask.draw(SIZES, 43, 7));
  }

  @Test
  void everyChannelIsKeptEquallyOften() {
    int[] kept = new int[5];
    for (int step = 0; step < 10_000; step++) {
      LossMask mask = LossMask.draw(new int[] {5}, 1, step);
      for (int j = 0; j < 5; j++) {
        kept[j] += mask.keeps(j) ? 1 : 0;
      }
    }
    for (int count : kept) {
      assertThat(count / 10_000.0).isCloseTo(0.6, within(0.02));
    }
  }
}
