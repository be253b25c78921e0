package org.finegrain.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlflowLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "val-top1, val-top1",
    "top1/eta/loss.kind ce+cc/cub, top1/eta/loss.kind ce_cc/cub",
    "η = 2, _ _ 2",
    "a//b/../c/., a/_/b/_/c/_",
    "'/a', '_/a'",
    "..., ..."
  })
  void keysHaveTheLettersAndThePartsThatMlflowAllows(String name, String key) {
    assertThat(MlflowLimits.key(name)).isEqualTo(key);
  }

  @Test
  void keysStayDifferentAndShort() {
    String longer = "x".repeat(300);
    assertThat(MlflowLimits.keys(Map.of("a+b", 1, "a=b", 2)).keySet())
        .containsExactly("a_b", "a_b-2");
    assertThat(MlflowLimits.keys(Map.of(longer, 1, longer + "y", 2)).keySet())
        .allMatch(key -> key.length() == 250)
        .hasSize(2);
  }

  @Test
  void batchesHoldEverythingOnce() {
    assertThat(MlflowLimits.batches(List.of(1, 2, 3, 4, 5), 2))
        .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(MlflowLimits.batches(List.of(), 2)).isEmpty();
  }
}
