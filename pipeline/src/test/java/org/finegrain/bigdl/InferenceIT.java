package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.Test;

class InferenceIT {
  private static final LayerGraph LAYERS =
      ResNet.of(new ModelConfig(18, 4, ModelConfig.DEFAULTS.attention()), 4, LossConfig.DEFAULTS);

  @Test
  void scoresAnRddOfAnyPartitioning() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      NamedTensors weights = InitialWeights.of(LAYERS, 5);

      List<ScoredSample> scored = score(session, weights, 5, 8);
      List<ScoredSample> otherwise = score(session, weights, 1, 3);

      assertThat(scored).hasSize(21);
      for (int i = 0; i < scored.size(); i++) {
        assertThat(scored.get(i).id()).isEqualTo(String.format(Locale.ROOT, "stripes/%05d", i));
        assertThat(scored.get(i).label()).isEqualTo(i % 4);
        assertThat(scored.get(i).logits()).hasSize(4);
        assertThat(otherwise.get(i).logits()[0])
            .isCloseTo(scored.get(i).logits()[0], within(1e-5f));
      }
    }
  }

  private static List<ScoredSample> score(
      EngineSession session, NamedTensors weights, int partitions, int batchSize) {
    TrainingData<Integer> data = StripesLoader.data(session.spark(), 21, 4, 32);
    return Inference.score(
            session.engine(),
            LAYERS,
            weights,
            data.samples().repartition(partitions),
            data.loader(),
            batchSize)
        .collect()
        .stream()
        .sorted(Comparator.comparing(ScoredSample::id))
        .toList();
  }
}
