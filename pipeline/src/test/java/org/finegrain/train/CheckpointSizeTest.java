package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Percentage;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResNet;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares sizes with checkpoints that are written. {@code SweepCostIT} does so with those of a
 * training.
 */
class CheckpointSizeTest {
  private static final int EPOCHS = 30;
  private static final int STEPS = 10;

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "train.optimizer.momentum, 0, none",
    "train.optimizer.kind, sgd, ''",
    "train.optimizer.kind, adamw, .exp_avg .exp_avg_sq",
    "loss.kind, ce+cc+center, ''",
    "train.ema-decay, 0.9, ''",
  })
  void isThatOfAWrittenCheckpoint(String key, String value, String memory) throws IOException {
    TrainConfig train = config(key, value).train();
    LayerGraph network = ResNet.of(config(key, value).model(), 5, config(key, value).loss());
    NamedTensors weights = InitialWeights.of(network, 1);
    NamedTensors averaged = train.step().emaDecay() > 0 ? weights : NamedTensors.of(Map.of());
    List<String> endings = memory.equals("none") ? List.of() : List.of(memory.split(" ", -1));
    Folder run = Folder.at(temporary.toUri().toString(), new Configuration(false));
    new Checkpoints(run)
        .write(
            checkpoint(
                new TrainingState(
                    EPOCHS,
                    STEPS * EPOCHS,
                    weights,
                    memory(network, endings),
                    averaged,
                    Optional.empty())));

    SortedMap<String, Long> files = run.folder("checkpoints/epoch-0030").files();
    long states = files.remove("state.json") + files.remove("_SUCCESS");
    long tensors = files.values().stream().mapToLong(Long::longValue).sum();
    CheckpointSize size = CheckpointSize.of(network, train);
    assertThat(size.bytes() - tensors)
        .as("exact but for the metrics of 30 epochs, twice")
        .isCloseTo(states, Percentage.withPercentage(15));
    assertThat(size.keptBytes()).as("two newest and the best").isEqualTo(3 * size.bytes());
  }

  private static ExperimentConfig config(String key, String value) {
    return ExperimentConfig.DEFAULTS
        .withOverrides(Map.of("model.depth", "18", "model.width", "8", "train.epochs", "" + EPOCHS))
        .withOverrides(Map.of(key, value));
  }

  /**
   * Returns an optimizer's numbers for every parameter but the centers, as checkpoints name them.
   */
  private static NamedTensors memory(LayerGraph network, List<String> endings) {
    Map<String, FloatTensor> memory = new LinkedHashMap<>();
    for (String ending : endings) {
      for (Parameter parameter : network.parameters()) {
        if (!parameter.name().equals("center.centers")) {
          memory.put(
              parameter.name() + ending,
              new FloatTensor(new float[parameter.size()], parameter.dimensions()));
        }
      }
    }
    return NamedTensors.of(memory);
  }

  private static Checkpoint checkpoint(TrainingState state) {
    double digits = Math.PI / 10; // as many as measured numbers have
    List<EpochMetrics> epochs =
        IntStream.rangeClosed(1, EPOCHS)
            .mapToObj(
                epoch ->
                    new EpochMetrics(
                        epoch,
                        (long) epoch * STEPS,
                        digits,
                        new EpochLoss(digits, Map.of("ce", digits, "cc", digits)),
                        Optional.of(new Scores(600, digits, digits, digits, digits, digits)),
                        digits,
                        digits,
                        new StepTimes(digits, digits, digits, digits)))
            .toList();
    RunKey run = new RunKey("7f3a19c04d2e", "ab".repeat(32), 1, 1);
    return new Checkpoint(state, run, 7, 0.5, 1, EpochTime.NONE, epochs);
  }
}
