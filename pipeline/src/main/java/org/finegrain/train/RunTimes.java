package org.finegrain.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;
import org.finegrain.engine.StepTimes;
import org.finegrain.image.EvaluationView;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;

/**
 * The time that a finished run took, and the circumstances of its attempts.
 *
 * @param speed the speed over the whole run, with everything that it did
 * @param attempts for each attempt, field of {@code provenance.json} → its value as text
 */
public record RunTimes(TrainingSpeed speed, List<SortedMap<String, String>> attempts) {
  private static final int PROVENANCE_FORMAT = 1;

  /**
   * Reads the times of a run; empty if it completed no epoch.
   *
   * @param result the result that {@code runFolder} holds
   * @throws UnreadableFileException if {@code metrics.jsonl} or {@code provenance.json} is missing
   *     or damaged, or if they do not belong to the result
   */
  public static Optional<RunTimes> of(RunResult result, Folder runFolder) throws IOException {
    List<SortedMap<String, String>> attempts = attempts(runFolder);
    require(runFolder, MetricsFile.NAME, runFolder.exists(MetricsFile.NAME), "it is missing");
    List<EpochMetrics> epochs = MetricsFile.read(runFolder);
    require(
        runFolder,
        MetricsFile.NAME,
        epochs.size() == result.length().epochs(),
        String.format(
            Locale.ROOT,
            "it holds %d of the run's %d epochs",
            epochs.size(),
            result.length().epochs()));
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    try {
      int executors = Integer.parseInt(attempts.get(0).getOrDefault("executors", ""));
      return Optional.of(new RunTimes(speed(result, epochs, executors), attempts));
    } catch (IllegalArgumentException e) {
      throw UnreadableFileException.damaged(runFolder.location(), e.getMessage());
    }
  }

  private static List<SortedMap<String, String>> attempts(Folder runFolder) throws IOException {
    List<SortedMap<String, String>> attempts = new ArrayList<>();
    JsonFile.read(
        runFolder,
        Provenance.FILE,
        PROVENANCE_FORMAT,
        json -> {
          json.array("attempts").forEach(it -> attempts.add(new JsonFields(it).texts()));
          return json;
        });
    require(runFolder, Provenance.FILE, !attempts.isEmpty(), "it names no attempt");
    return attempts;
  }

  /** Returns the speed of a run. A run that scores nothing has all of its time in the steps. */
  private static TrainingSpeed speed(RunResult result, List<EpochMetrics> epochs, int executors) {
    int batch = Integer.parseInt(result.config().getOrDefault("train.batch-size", ""));
    long trained = 0;
    double steps = 0;
    StepTimes parts = StepTimes.NONE;
    for (EpochMetrics epoch : epochs) {
      long images = epoch.step() * batch - trained;
      trained += images;
      steps += images / epoch.imagesPerSecond();
      parts = parts.plus(epoch.times());
    }
    long scored = scored(result, epochs);
    double beside = result.speed().seconds() - steps;
    return new TrainingSpeed(
        (scored == 0 ? result.speed().seconds() : steps) / trained,
        executors * (parts.waiting() + parts.computing()) / trained,
        scored == 0 ? 0 : Math.max(0, beside) / scored);
  }

  private static long scored(RunResult result, List<EpochMetrics> epochs) {
    String views = result.config().getOrDefault("evaluation.test-time-augmentation", "");
    int viewsOfTest =
        Stream.of(TestTimeAugmentation.values())
            .filter(it -> it.toString().equals(views))
            .map(it -> EvaluationView.of(it).size())
            .findFirst()
            .orElse(1);
    return epochs.stream().flatMap(it -> it.val().stream()).mapToLong(Scores::samples).sum()
        + viewsOfTest * result.test().map(Scores::samples).orElse(0L);
  }

  private static void require(Folder runFolder, String file, boolean holds, String fault)
      throws UnreadableFileException {
    if (!holds) {
      throw UnreadableFileException.damaged(runFolder.location(file), fault);
    }
  }
}
