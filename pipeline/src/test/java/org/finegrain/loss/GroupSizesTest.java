package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroupSizesTest {
  @Test
  void theLastClassesGetTheRest() {
    assertThat(GroupSizes.uneven(11, 4)).containsExactly(2, 3, 3, 3);
    assertThat(GroupSizes.uneven(6, 3)).containsExactly(2, 2, 2);
    int[] cub = GroupSizes.uneven(2048, 200);
    assertThat(Arrays.stream(cub).sum()).isEqualTo(2048);
    assertThat(cub[151]).isEqualTo(10);
    assertThat(cub[152]).isEqualTo(11);
  }

  @Test
  void fewerChannelsThanClassesIsAnError() {
    assertThatThrownBy(() -> GroupSizes.uneven(128, 200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot share 128 channels among 200 classes")
        .hasMessageContaining("set loss.eta");
  }

  @Test
  void projectedGroupsAreEqual() {
    assertThat(GroupSizes.projected(3, 2)).containsExactly(2, 2, 2);
    assertThatThrownBy(() -> GroupSizes.projected(3, 0))
        .hasMessage("Invalid loss.eta: 0 channels for each class (must be at least 1)");
  }
}
