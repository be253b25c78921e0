package org.finegrain.bigdl.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.ScoredSample;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchScoringTest {
  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @Test
  void scoresEverySampleInOrderWhateverTheBatchSize() {
    List<ScoredSample> byFour = score(10, 4);
    List<ScoredSample> byFive = score(10, 5);

    assertThat(byFour).extracting(ScoredSample::id).containsExactlyElementsOf(ids(10));
    assertThat(byFour)
        .extracting(ScoredSample::label)
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(byFour.get(i).logits()).hasSize(3);
      assertThat(byFour.get(i).logits()).containsExactly(byFive.get(i).logits(), within());
    }
    assertThat(byFour.get(8).logits()).isNotEqualTo(byFour.get(9).logits());
  }

  @Test
  void scoresNothingWithoutSamples() {
    assertThat(score(0, 4)).isEmpty();
  }

  @Test
  void namesTheSampleThatCannotBeLoaded() {
    assertThatThrownBy(() -> score(8, 4, "5"))
        .isInstanceOf(SampleLoadingException.class)
        .hasMessageContaining("sample 5");
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  private static List<ScoredSample> score(int samples, int batchSize) {
    return score(samples, batchSize, "none");
  }

  private static List<ScoredSample> score(int samples, int batchSize, String broken) {
    LossConfig loss = new LossConfig(LossConfig.Kind.CE, 0, OptionalInt.empty(), 0);
    LayerGraph layers =
        ResNet.of(new ModelConfig(18, 4, ModelConfig.DEFAULTS.attention()), 3, loss);
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(layers, InitialWeights.of(layers, 1));
    network.evaluate();
    List<ScoredSample> scored = new ArrayList<>();
    try (BatchScoring<String> scoring =
        new BatchScoring<>(network, new Shades(broken), ids(samples).iterator(), batchSize, 2)) {
      scoring.forEachRemaining(scored::add);
    }
    return scored;
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  /** A loader whose images have a single value, which grows with the sample's number. */
  private record Shades(String broken) implements SampleLoader<String> {
    @Override
    public String id(String sample) {
      return sample;
    }

    @Override
    public int label(String sample) {
      return Integer.parseInt(sample) % 3;
    }

    @Override
    public int imageSize() {
      return 32;
    }

    @Override
    public void load(String sample, int epoch, float[] pixels, int offset) {
      if (sample.equals(broken)) {
        throw new IllegalArgumentException("broken");
      }
      Arrays.fill(pixels, offset, offset + 3 * 32 * 32, 0.3f * Integer.parseInt(sample) - 1);
    }
  }
}
