package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.Parameter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests trainings with micro-batches. The build runs it with both engines. */
class MicroBatchIT {
  private static final int SAMPLES = 14; // with MKL-BLAS 7 for each of two replicas

  private static EngineSession session;

  @BeforeAll
  static void startSpark() {
    session = EngineSession.open(new SparkConf());
  }

  @AfterAll
  static void stopSpark() {
    session.close();
  }

  /** Compares all terms of the loss, whose gradients must be those of the whole batch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 7, 14, 100})
  void trainsAsWithTheWholeBatch(int microBatchSize) {
    Recorder wholeRecord = new Recorder();
    TrainingState whole = NormlessTraining.run(session, SAMPLES, Map.of(), wholeRecord);
    Recorder record = new Recorder();
    TrainingState parts =
        NormlessTraining.run(
            session, SAMPLES, Map.of("train.micro-batch-size", "" + microBatchSize), record);

    for (String name : whole.weights().names()) {
      float[] expected = whole.weights().get(name).data();
      assertThat(expected).as(name).doesNotContain(0);
      assertThat(parts.weights().get(name).data())
          .as(name)
          .usingComparatorWithPrecision(2e-6f)
          .containsExactly(expected);
    }
    for (int epoch = 0; epoch < NormlessTraining.EPOCHS; epoch++) {
      assertThat(record.losses.get(epoch)).isCloseTo(wholeRecord.losses.get(epoch), within(1e-5));
      for (Map.Entry<String, Double> part : wholeRecord.parts.get(epoch).entrySet()) {
        assertThat(record.parts.get(epoch).get(part.getKey()))
            .as(part.getKey())
            .isCloseTo(part.getValue(), within(1e-5));
      }
    }
  }

  /** With stored statistics, batch norm does not depend on the other samples of a micro-batch. */
  @Test
  void trainsAsWithTheWholeBatchWithStoredStatistics() {
    ToyTraining toy = new ToyTraining(session);
    TrainingState start = toy.withStatistics();
    Map<String, String> stored =
        Map.of("train.batch-norm-statistics", "stored", "train.optimizer.learning-rate", "0.002");
    Map<String, String> inParts = new HashMap<>(stored);
    inParts.put("train.micro-batch-size", "3");
    TrainingState whole = toy.train(ToyTraining.request(1, stored), start, new Recorder());
    TrainingState parts = toy.train(ToyTraining.request(1, inParts), start, new Recorder());
    for (Parameter parameter : ToyTraining.LAYERS.parameters()) {
      String name = parameter.name();
      assertThat(whole.weights().get(name)).as(name).isNotEqualTo(start.weights().get(name));
      assertThat(parts.weights().get(name).data())
          .as(name)
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(whole.weights().get(name).data());
    }
    for (Parameter statistic : ToyTraining.LAYERS.statistics()) {
      String name = statistic.name();
      assertThat(whole.weights().get(name)).as(name).isEqualTo(start.weights().get(name));
    }
  }

  @Test
  void givesTheSameBitsAgainAndAfterAResume() {
    ToyTraining toy = new ToyTraining(session);
    TrainingRequest request =
        ToyTraining.request(
            2, Map.of("train.optimizer.learning-rate", "0.02", "train.micro-batch-size", "3"));
    Recorder first = new Recorder();
    TrainingState end = toy.train(request, ToyTraining.start(), first);
    Recorder second = new Recorder();
    assertThat(toy.train(request, ToyTraining.start(), second)).isEqualTo(end);
    assertThat(second.losses).isEqualTo(first.losses);
    assertThat(toy.train(request, first.states.get(0), new Recorder())).isEqualTo(end);
    assertThat(first.meanLosses.get(1)).isLessThan(first.meanLosses.get(0));
  }
}
