package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private final List<Trial> trials = Plan.of("small", Experiments.with()).trials();

  @Test
  void shardsShareThePlanInTurn() {
    assertThat(Shard.parse("1/3").of(trials))
        .containsExactly(trials.get(0), trials.get(3), trials.get(6));
    List<Trial> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      all.addAll(new Shard(i, 3).of(trials));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(trials);
    assertThat(Shard.ALL.of(trials)).isEqualTo(trials);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/3", "4/3", "1", "1/0", "a/b", "1/3/5", "-1/3", "99999999999/3"})
  void refusesInvalidShards(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid shard ");
  }
}
