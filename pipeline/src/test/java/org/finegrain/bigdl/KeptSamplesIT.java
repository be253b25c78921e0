package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingState;
import org.junit.jupiter.api.Test;

/** Tests that trainings on one source read it once, to the same bits, and give its memory back. */
class KeptSamplesIT {
  private static final AtomicInteger READS = new AtomicInteger();

  @Test
  void trainingsReadASourceOnce() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      ToyTraining toy = new ToyTraining(session);
      TrainingState alone = train(toy, Optional.empty(), 8);

      READS.set(0);
      TrainingState first = train(toy, Optional.of("a"), 8);
      int once = READS.get();
      TrainingState second = train(toy, Optional.of("a"), 8);
      train(toy, Optional.of("a"), 16); // on one executor, batches of any size divide as one does

      assertThat(once).isPositive();
      assertThat(READS).hasValue(once);
      assertThat(first).isEqualTo(alone);
      assertThat(second).isEqualTo(alone);

      assertThat(train(toy, Optional.of("b"), 8)).isEqualTo(alone);
      assertThat(READS).hasValue(2 * once);
    }
  }

  @Test
  void keepsTheSamplesOfOneSource() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      assertThat(kept(session, "a", "val").collect()).hasSize(ToyTraining.SAMPLES);
      READS.set(0);
      assertThat(kept(session, "a", "val").collect()).hasSize(ToyTraining.SAMPLES);
      assertThat(READS).hasValue(0);
      kept(session, "a", "test").collect();
      assertThat(READS).hasValue(ToyTraining.SAMPLES);
      assertThat(session.spark().getPersistentRDDs()).hasSize(2);

      kept(session, "b", "val").collect();
      assertThat(session.spark().getPersistentRDDs()).hasSize(1);
    }
  }

  private static TrainingState train(ToyTraining toy, Optional<String> source, int batch) {
    TrainingData<Integer> data = toy.data();
    return toy.train(
        ToyTraining.request(1, Map.of("train.batch-size", "" + batch)),
        new TrainingData<>(counted(data.samples()), data.loader(), source),
        ToyTraining.start(),
        new Recorder());
  }

  private static JavaRDD<Integer> kept(EngineSession session, String source, String part) {
    return session
        .engine()
        .samples(source, part, () -> counted(new ToyTraining(session).data().samples()));
  }

  private static JavaRDD<Integer> counted(JavaRDD<Integer> samples) {
    return samples.map(
        sample -> {
          READS.incrementAndGet();
          return sample;
        });
  }
}
