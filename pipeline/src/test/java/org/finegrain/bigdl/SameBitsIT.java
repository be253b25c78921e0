package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.bigdl.ToyTraining.RecorderOfEachStep;
import org.finegrain.engine.TrainingState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that trainings give the same bits again. The build runs it with both engines. */
class SameBitsIT {
  private static final int STEPS = ToyTraining.STEPS;

  private static EngineSession session;
  private static ToyTraining toy;

  @BeforeAll
  static void startSpark() {
    session = EngineSession.open(new SparkConf());
    toy = new ToyTraining(session);
  }

  @AfterAll
  static void stopSpark() {
    session.close();
  }

  @Test
  void givesTheSameBitsAgainAndAfterAResume() {
    Recorder first = new Recorder();
    TrainingState end = toy.train(ToyTraining.request(3), ToyTraining.start(), first);
    Recorder second = new Recorder();
    TrainingState again = toy.train(ToyTraining.request(3), ToyTraining.start(), second);
    assertThat(second.losses).isEqualTo(first.losses);
    assertThat(second.parts).isEqualTo(first.parts);
    assertThat(again).isEqualTo(end);

    Recorder rest = new Recorder();
    TrainingState resumed = toy.train(ToyTraining.request(3), first.states.get(0), rest);
    assertThat(rest.losses).isEqualTo(first.losses.subList(STEPS, 3 * STEPS));
    assertThat(rest.parts).isEqualTo(first.parts.subList(1, 3));
    assertThat(resumed).isEqualTo(end);
  }

  @Test
  void givesTheSameBitsAfterAResumeWithinAnEpoch() {
    Recorder first = new Recorder();
    TrainingState end = toy.train(ToyTraining.request(2), ToyTraining.start(), first);
    RecorderOfEachStep watched = new RecorderOfEachStep();
    assertThat(toy.train(ToyTraining.request(2), ToyTraining.start(), watched))
        .as("taking states changes nothing")
        .isEqualTo(end);
    assertThat(watched.within).hasSize(2 * (STEPS - 1));
    for (int step : new int[] {1, STEPS - 1, STEPS + 2}) {
      TrainingState stopped =
          watched.within.stream().filter(state -> state.step() == step).findFirst().orElseThrow();
      Recorder rest = new Recorder();
      assertThat(toy.train(ToyTraining.request(2), stopped, rest)).isEqualTo(end);
      assertThat(rest.losses).isEqualTo(first.losses.subList(step, 2 * STEPS));
      assertThat(rest.parts).isEqualTo(first.parts.subList(step / STEPS, 2));
      assertThat(rest.meanLosses).isEqualTo(first.meanLosses.subList(step / STEPS, 2));
    }
  }
}
