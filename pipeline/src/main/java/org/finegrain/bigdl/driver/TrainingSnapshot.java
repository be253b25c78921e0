package org.finegrain.bigdl.driver;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;
import org.finegrain.bigdl.executor.Participant;
import org.finegrain.bigdl.executor.ReplicaProgress;
import org.finegrain.bigdl.executor.SliceOutline;
import org.finegrain.bigdl.executor.SliceVectors;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.OptimizerState;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.NamedTensors;

/**
 * The state of a training as the driver fetches it from the executors between two steps.
 *
 * @param weights the flat vector of weights
 * @param remembered what the optimizer remembers
 * @param replicas the progress of all replicas, in their order
 */
record TrainingSnapshot(
    float[] weights, OptimizerState remembered, List<ReplicaProgress> replicas) {

  /**
   * The first answer of an executor, with which a small state is complete.
   *
   * @param numbers the first piece of its vectors
   */
  private record SliceStart(SliceOutline outline, float[] numbers) implements Serializable {
    static SliceStart of(Participant<?> participant, int count) {
      return new SliceStart(participant.outline(), participant.vectors().read(0, count));
    }
  }

  /**
   * Fetches the state. Fetches vectors in pieces, because Spark limits the size of a job's results,
   * and holds them twice on their way.
   *
   * @throws ExecutionException if an executor fails, or is lost
   */
  static <S> TrainingSnapshot fetch(Participants<S> participants)
      throws ExecutionException, InterruptedException {
    int count = participants.numbersAtOnce();
    List<SliceStart> starts = participants.ask(participant -> SliceStart.of(participant, count));
    List<SliceOutline> outlines = starts.stream().map(SliceStart::outline).toList();
    int size = outlines.stream().mapToInt(SliceOutline::length).sum();
    float[] weights = new float[size];
    OptimizerState remembered =
        new OptimizerState(
            new float[outlines.get(0).memories()][size],
            new float[outlines.get(0).averages() ? size : 0]);
    List<SliceVectors> slices = new ArrayList<>();
    int offset = 0;
    for (SliceOutline outline : outlines) {
      slices.add(new SliceVectors(remembered.vectorsWith(weights), offset, outline.length()));
      offset += outline.length();
    }
    for (int i = 0; i < starts.size(); i++) {
      slices.get(i).write(0, starts.get(i).numbers());
    }
    long longest = slices.stream().mapToLong(SliceVectors::numbers).max().orElseThrow();
    for (long from = count; from < longest; from += count) {
      long begin = from;
      List<float[]> pieces =
          participants.ask(participant -> participant.vectors().read(begin, count));
      for (int i = 0; i < pieces.size(); i++) {
        slices.get(i).write(begin, pieces.get(i));
      }
    }
    return new TrainingSnapshot(
        weights,
        remembered,
        outlines.stream().flatMap(outline -> outline.replicas().stream()).toList());
  }

  /**
   * Makes all replicas continue from the mean of their running estimates and with no losses, as in
   * a training that resumes from the end of an epoch.
   */
  void beginEpoch(Participants<?> participants) {
    ReplicaProgress begin =
        new ReplicaProgress(
            ReplicaProgress.meanEstimates(replicas), new double[sumsOfLosses().length]);
    participants.restoreBeforeSteps(Collections.nCopies(replicas.size(), begin));
  }

  /** Returns the sum of each loss term over all samples of the epoch so far. */
  double[] sumsOfLosses() {
    return ReplicaProgress.summedLosses(replicas);
  }

  /** Returns the state at the end of an epoch. */
  TrainingState atEpochsEnd(int epochs, long steps, ParameterGroups groups) {
    return state(epochs, steps, groups, Optional.empty());
  }

  /**
   * Returns the state within an epoch.
   *
   * @param epochs the number of completed epochs
   * @param steps the number of completed steps of the training
   * @param loss the sum of the losses of the epoch's steps so far
   */
  TrainingState withinEpoch(int epochs, long steps, double loss, ParameterGroups groups) {
    EpochSoFar soFar =
        new EpochSoFar(
            loss,
            replicas.stream()
                .map(replica -> DoubleStream.of(replica.losses()).boxed().toList())
                .toList(),
            replicas.stream()
                .map(replica -> groups.layout().splitStatistics(replica.estimates()))
                .toList());
    return state(epochs, steps, groups, Optional.of(soFar));
  }

  private TrainingState state(
      int epochs, long steps, ParameterGroups groups, Optional<EpochSoFar> soFar) {
    ParameterLayout layout = groups.layout();
    float[][] estimates = ReplicaProgress.meanEstimates(replicas);
    return new TrainingState(
        epochs,
        steps,
        layout.split(weights, estimates),
        groups.split(remembered.memory()),
        remembered.average().length == 0
            ? NamedTensors.of(Map.of())
            : layout.split(remembered.average(), estimates),
        soFar);
  }
}
