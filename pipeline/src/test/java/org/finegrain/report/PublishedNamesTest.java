package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishedNamesTest {
  @Test
  void datasetsKeysAndValuesAreCalledAsPublished() {
    assertThat(PublishedNames.ofDataset("cub")).isEqualTo("CUB-200-2011");
    assertThat(PublishedNames.ofKey("loss.kind")).isEqualTo("loss");
    assertThat(
            PublishedNames.assignments(
                new TreeMap<>(
                    Map.of(
                        "loss.eta", "2",
                        "loss.kind", "\"ce+cc\"",
                        "model.attention.kind", "cbam",
                        "model.depth", "50"))))
        .isEqualTo("η = 2, loss = CE + CC-Loss, attention = CBAM, backbone = ResNet-50");
  }

  @Test
  void otherNamesStayAsTheyAre() {
    assertThat(PublishedNames.ofDataset("mine")).isEqualTo("mine");
    assertThat(PublishedNames.ofKey("train.last-batch")).isEqualTo("train.last-batch");
    assertThat(PublishedNames.ofValue("train.last-batch", "wrap-around")).isEqualTo("wrap-around");
  }

  @Test
  void numbersHaveAMinusAndHashesAreShort() {
    assertThat(PublishedNames.ofValue("loss.mu", "-0.5")).isEqualTo("−0.5");
    assertThat(PublishedNames.ofValue("model.weights.sha256", "0123456789abcdef".repeat(4)))
        .isEqualTo("01234567");
  }
}
