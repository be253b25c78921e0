package org.finegrain.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.NamedTensors;
import org.finegrain.storage.Folder;

/**
 * The driver of many trials side by side, whose epochs end at the same time. The states are brought
 * as a training brings them: as vectors first, and then by names. Trials without an executor stand
 * in for trainings.
 */
final class ManyStates {
  private static final int EPOCHS = 2;

  private ManyStates() {}

  /**
   * Writes the checkpoints of trials.
   *
   * @param arguments a folder, the number of trials, and the number of parameters of each, which
   *     are remembered with momentum
   */
  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    int parameters = Integer.parseInt(arguments[2]);
    long bytes = 3L * 2 * Float.BYTES * parameters;
    List<CompletableFuture<Void>> trials = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      Path trial = folder.resolve("trial-" + i);
      trials.add(
          CompletableFuture.runAsync(
              () -> train(trial, parameters, bytes), task -> new Thread(task).start()));
    }
    trials.forEach(CompletableFuture::join);
  }

  private static void train(Path folder, int parameters, long bytes) {
    try {
      Checkpoints checkpoints =
          new Checkpoints(Folder.at(folder.toUri().toString(), new Configuration(false)));
      try (CheckpointWriter writer =
          new CheckpointWriter(checkpoints, 1, StateRoom.OF_THIS_PROCESS, bytes)) {
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
          writer.awaitRoom();
          writer.write(checkpoint(epoch, new float[parameters], new float[parameters]), epoch);
        }
      }
      if (!checkpoints.epochs().equals(List.of(EPOCHS))) {
        throw new IllegalStateException("it has " + checkpoints.names());
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Checkpoint checkpoint(int epoch, float[] weights, float[] momentum) {
    NamedTensors named =
        NamedTensors.of(Map.of("w", new FloatTensor(weights.clone(), weights.length)));
    NamedTensors memory =
        NamedTensors.of(Map.of("w", new FloatTensor(momentum.clone(), momentum.length)));
    return new Checkpoint(
        new TrainingState(
            epoch, 10L * epoch, named, memory, NamedTensors.of(Map.of()), Optional.empty()),
        new RunKey("7f3a19c04d2e", "ab12", 3, 2),
        epoch,
        0.5,
        0,
        EpochTime.NONE,
        List.of());
  }
}
