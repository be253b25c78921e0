package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path temporary;

  @Test
  void takesDatasetsThenSeedsThenAxesInOrder() {
    Plan plan = Plan.of("small", Experiments.with());
    assertThat(plan.trials().stream().map(Trial::label))
        .containsExactly(
            "cub, loss.eta = 2, seed 1",
            "cub, loss.eta = auto, seed 1",
            "cub, loss.eta = 2, seed 2",
            "cub, loss.eta = auto, seed 2",
            "dogs, loss.eta = 2, seed 1",
            "dogs, loss.eta = auto, seed 1",
            "dogs, loss.eta = 2, seed 2",
            "dogs, loss.eta = auto, seed 2");
    assertThat(plan.summary()).isEqualTo("8 trials: 2 loss.eta × 2 datasets × 2 seeds");
  }

  @Test
  void aTrialIsNamedByItsResolvedConfiguration() {
    ExperimentConfig experiment = Experiments.with();
    for (Trial trial : Plan.of("small", experiment).trials()) {
      ExperimentConfig config = trial.configure(ExperimentVariants.trialsOf(experiment));
      assertThat(config.runId()).isEqualTo(trial.id());
      assertThat(config.dataset()).isEqualTo(trial.dataset());
      assertThat(config.seed()).isEqualTo(trial.seed());
    }
  }

  @Test
  void changesAreDifferencesFromTheBase() {
    Plan plan = Plan.of("small", Experiments.with("loss.eta=auto"));
    assertThat(plan.base()).containsEntry("loss.eta", "auto").doesNotContainKeys("dataset", "seed");
    assertThat(plan.trials().get(0).changes()).containsExactlyEntriesOf(map("loss.eta", "2"));
    assertThat(plan.trials().get(1).changes()).isEmpty();
  }

  @Test
  void combinationsThatComputeTheSameAreOneTrial() {
    Plan plan = Plan.of("small", Experiments.with("sweep.axes.\"loss.mu\"=[0.01,\"1e-2\"]"));
    assertThat(plan.trials()).hasSize(8);
  }

  @Test
  void withoutASpaceThereIsOneTrial() {
    Plan plan =
        Plan.of(
            "one", ExperimentConfig.load(List.of(), List.of("dataset=cars", "sweep.seeds=[7]")));
    assertThat(plan.trials().stream().map(Trial::label)).containsExactly("cars, seed 7");
  }

  @Test
  void namesEveryInvalidTrial() {
    // Rules on single keys are checked when the axes are read, rules between keys when planning.
    ExperimentConfig experiment =
        Experiments.with(
            "sweep.datasets=[cub]",
            "sweep.seeds=[1]",
            "train.optimizer.learning-rate=0.1",
            "sweep.axes.\"train.schedule.end-learning-rate\"=[0.01,0.5]");
    assertThatThrownBy(() -> Plan.of("bad", experiment))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("Cannot plan 2 of the sweep's trials:\n  cub, loss.eta = 2, ")
        .hasMessageContaining("train.schedule.end-learning-rate = 0.5");
  }

  @Test
  void readsWhatItWrote() throws Exception {
    Folder sweep = Folder.at(temporary.toString(), new Configuration());
    Plan plan = Plan.of("small", Experiments.with());
    PlanFile.write(plan, sweep);
    assertThat(PlanFile.read(sweep)).contains(plan);
    assertThat(PlanFile.text(plan))
        .isEqualTo(PlanFile.text(Plan.of("small", Experiments.with())))
        .startsWith("{\n  \"format\" : 2,\n  \"name\" : \"small\",\n  \"spaces\" : [\n");
  }

  private static TreeMap<String, String> map(String key, String value) {
    TreeMap<String, String> map = new TreeMap<>();
    map.put(key, value);
    return map;
  }
}
