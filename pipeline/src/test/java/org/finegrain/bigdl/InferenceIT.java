package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BroadcastBlockId;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.ScoredSample;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.Test;
import scala.Option;

class InferenceIT {
  private static final Set<Thread> LOADERS = ConcurrentHashMap.newKeySet();

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

  @Test
  void loadsWithTheCoresOfItsExecutor() {
    try (EngineSession session = EngineSession.open(new SparkConf().setMaster("local[1]"))) {
      LOADERS.clear();
      TrainingData<Integer> data = StripesLoader.data(session.spark(), 8, 4, 32);
      score(
          session,
          data.samples(),
          new InterceptedLoader(data.loader(), sample -> LOADERS.add(Thread.currentThread())));
      assertThat(LOADERS).hasSize(1);
    }
  }

  @Test
  void leavesNoWeightsBehind() throws InterruptedException {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      long bytes = 4L * ParameterCount.of(LAYERS);
      score(session, InitialWeights.of(LAYERS, 5), 2, 8);
      for (int i = 0; i < 100 && largestBroadcast() >= bytes; i++) {
        TimeUnit.MILLISECONDS.sleep(100); // Spark removes it some time later
      }
      assertThat(largestBroadcast()).isPositive().isLessThan(bytes);
    }
  }

  private static long largestBroadcast() {
    BlockManager blocks = SparkEnv.get().blockManager();
    return IntStream.range(0, 50)
        .mapToObj(id -> blocks.getStatus(new BroadcastBlockId(id, "")))
        .filter(Option::isDefined)
        .mapToLong(status -> status.get().memSize())
        .max()
        .orElseThrow();
  }

  @Test
  void namesTheSampleThatCannotBeLoaded() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      TrainingData<Integer> data = StripesLoader.data(session.spark(), 8, 4, 32);
      InterceptedLoader broken =
          new InterceptedLoader(
              data.loader(),
              sample -> {
                if (sample == 5) {
                  throw new IllegalArgumentException("not a JPEG");
                }
              });
      assertThatThrownBy(() -> score(session, data.samples(), broken))
          .isInstanceOf(SampleLoadingException.class)
          .hasMessage("Cannot load sample stripes/00005: not a JPEG");
      JavaRDD<Integer> lost = data.samples().map(InferenceIT::lost);
      assertThatThrownBy(() -> score(session, lost, data.loader()))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageStartingWith("Cannot score samples: ")
          .hasMessageContaining("no such block");
    }
  }

  private static Integer lost(Integer sample) {
    throw new IllegalStateException("no such block");
  }

  private static List<ScoredSample> score(
      EngineSession session, JavaRDD<Integer> samples, SampleLoader<Integer> loader) {
    NamedTensors weights = InitialWeights.of(LAYERS, 5);
    return Inference.score(
        session.engine(), LAYERS, weights, samples, loader, 8, Duration.ofMinutes(1), all -> all);
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
            batchSize,
            Duration.ofMinutes(1),
            scored -> scored)
        .stream()
        .sorted(Comparator.comparing(ScoredSample::id))
        .toList();
  }
}
