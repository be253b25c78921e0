package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void saysRateAndTimeLeft() {
    assertThat(Progress.line("ingest cub", 1000, 11788, 10))
        .isEqualTo("ingest cub  1000/11788 images  100.0 img/s  left 1 min 48 s");
    assertThat(Progress.line("ingest cub", 1000, 1_000_000, 10))
        .isEqualTo("ingest cub  1000/1000000 images  100.0 img/s  left 2 h 46 min");
  }

  @Test
  void promisesNothingBeforeTheFirstImage() {
    assertThat(Progress.line("ingest cub", 0, 543, 1))
        .isEqualTo("ingest cub  0/543 images  0.0 img/s");
  }
}
