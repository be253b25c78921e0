package org.finegrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  private static final ExperimentConfig DEFAULTS = ExperimentConfig.DEFAULTS;

  /** The id changes if a key that counts at its default is added to a section of the run id. */
  @Test
  void isPinned() {
    assertThat(DEFAULTS.runId()).isEqualTo("2f118e8568ac");
  }

  @Test
  void isTheSameHoweverNumbersAreWritten() {
    assertThat(
            ExperimentConfig.load(
                    List.of(),
                    List.of("train.optimizer.learning-rate=1.0E-4", "train.epochs=200.0"))
                .runId())
        .isEqualTo(DEFAULTS.runId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.evaluation-batch-size=7",
        "train.keep-checkpoints=7",
        "train.max-duration=7h",
        "train.checkpoint.steps=7",
        "train.recovery.max-restarts=7",
        "model.weights.path=w.safetensors",
        "sweep.seeds=[7]",
        "synthetic.classes=7",
        "cluster.master=yarn",
        "tracking.mlflow=http://host:5000",
        "tracking.experiment=mine"
      })
  void ignoresWhatDoesNotChangeTheResult(String setting) {
    assertThat(changed(setting).runId()).isEqualTo(DEFAULTS.runId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=7",
        "dataset=cars",
        "model.dilate-last-stage=true",
        "ingest.split-seed=7",
        "loss.eta=7",
        "train.epochs=7",
        "train.early-stopping.patience=7",
        "train.micro-batch-size=7",
        "train.batch-norm-statistics=stored",
        "train.gradient-compression=fp16",
        "evaluation.test-time-augmentation=flip"
      })
  void differsWithWhatChangesTheResult(String setting) {
    assertThat(changed(setting).runId()).matches("[0-9a-f]{12}").isNotEqualTo(DEFAULTS.runId());
  }

  private static ExperimentConfig changed(String setting) {
    String[] parts = setting.split("=", 2);
    return DEFAULTS.withOverrides(Map.of(parts[0], parts[1]));
  }
}
