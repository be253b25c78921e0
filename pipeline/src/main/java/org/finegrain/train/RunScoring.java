package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;
import org.finegrain.dataset.Split;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.NamedTensors;

/** The scoring of a run: of the validation split after each epoch, of the test split at the end. */
final class RunScoring {
  private final TrainingEngine engine;
  private final RunPlan plan;
  private final Recovery recovery;
  private final JobDescription description;
  private final SplitScorer scorer;
  private final Configuration hadoop;

  RunScoring(
      TrainingEngine engine,
      RunPlan plan,
      Recovery recovery,
      JobDescription description,
      Configuration hadoop) {
    this.engine = engine;
    this.plan = plan;
    this.recovery = recovery;
    this.description = description;
    this.scorer = new SplitScorer(engine, plan);
    this.hadoop = hadoop;
  }

  /** Returns the scores of an epoch's weights on the validation split; empty if there is none. */
  Optional<Scores> validate(TrainingState state) {
    Optional<Scores> scores = Optional.empty();
    if (scorer.hasSamples(Split.VAL)) {
      description.set(String.format(Locale.ROOT, "epoch %d: validation", state.epoch()));
      scores =
          Optional.of(scores(predict(Split.VAL, state.evaluated(), TestTimeAugmentation.NONE)));
    }
    description.set(String.format(Locale.ROOT, "epoch %d: training", state.epoch() + 1));
    return scores;
  }

  /**
   * Scores the test split, and writes its predictions. This is the only place where it is read.
   *
   * @param selected the epoch that validation selected, among those whose checkpoint is left
   * @return the scores; empty if the dataset has no test split
   * @throws RunException if no checkpoint is left
   */
  Optional<Scores> test(Optional<EpochMetrics> selected) throws IOException {
    int epoch = selected.orElseThrow(this::withoutCheckpoint).epoch();
    if (!scorer.hasSamples(Split.TEST)) {
      return Optional.empty();
    }
    description.set(String.format(Locale.ROOT, "test with epoch %d", epoch));
    List<String> classNames = plan.dataset().classNames();
    List<Prediction> predictions =
        predict(
            Split.TEST, selectedWeights(epoch), plan.config().evaluation().testTimeAugmentation());
    Predictions.write(predictions, hadoop, plan.folder().folder());
    ConfusionMatrix.of(predictions, classNames.size()).write(classNames, plan.folder().folder());
    return Optional.of(scores(predictions));
  }

  /** Predicts a split. A failure is retried here, so that the epoch is not trained again. */
  private List<Prediction> predict(
      Split split, NamedTensors weights, TestTimeAugmentation augmentation) {
    while (true) {
      try {
        return scorer.predict(split, weights, augmentation);
      } catch (TrainingFailedException e) {
        if (engine.isEnding()) {
          throw e;
        }
        recovery.await(e);
      }
    }
  }

  private Scores scores(List<Prediction> predictions) {
    return Evaluation.of(predictions, plan.dataset().classNames().size());
  }

  private RunException withoutCheckpoint() {
    return new RunException(
        String.format(
            Locale.ROOT,
            "Cannot score the test split of run %s: none of its checkpoints in %s is whole;"
                + " restore one from a copy, or delete the run folder to train again",
            plan.run().runId(),
            plan.folder().folder()));
  }

  private NamedTensors selectedWeights(int epoch) throws IOException {
    try {
      return plan.folder().checkpoints().read(epoch).state().evaluated();
    } catch (Checkpoints.DamagedException e) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot score the test split of run %s with epoch %d, which validation selected: %s;"
                  + " delete the run folder to train again",
              plan.run().runId(),
              epoch,
              e.getMessage()),
          e);
    }
  }
}
