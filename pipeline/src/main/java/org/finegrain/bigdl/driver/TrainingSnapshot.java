package org.finegrain.bigdl.driver;

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
 * All that a training has learned, fetched from the executors between two steps.
 *
 * @param weights the flat vector
 * @param remembered by the optimiser
 * @param replicas in their order
 */
record TrainingSnapshot(
    float[] weights, OptimizerState remembered, List<ReplicaProgress> replicas) {

  /**
   * Fetches the vectors in pieces: Spark limits what a job may bring to the driver, and holds all
   * of it twice on its way.
   *
   * @throws ExecutionException if an executor fails, or is lost
   */
  static <S> TrainingSnapshot take(Participants<S> participants)
      throws ExecutionException, InterruptedException {
    List<SliceOutline> outlines = participants.ask(Participant::outline);
    int size = outlines.stream().mapToInt(SliceOutline::length).sum();
    float[] weights = new float[size];
    OptimizerState remembered =
        new OptimizerState(
            new float[outlines.get(0).memories()][size],
            new float[outlines.get(0).averages() ? size : 0]);
    List<SliceVectors> slices = new ArrayList<>();
    int offset = 0;
    for (SliceOutline outline : outlines) {
      slices.add(new SliceVectors(remembered.with(weights), offset, outline.length()));
      offset += outline.length();
    }
    long longest = slices.stream().mapToLong(SliceVectors::numbers).max().orElseThrow();
    int count = participants.numbersAtOnce();
    for (long from = 0; from < longest; from += count) {
      long begin = from;
      List<float[]> pieces = participants.ask(it -> it.vectors().read(begin, count));
      for (int i = 0; i < pieces.size(); i++) {
        slices.get(i).write(begin, pieces.get(i));
      }
    }
    return new TrainingSnapshot(
        weights, remembered, outlines.stream().flatMap(it -> it.replicas().stream()).toList());
  }

  /**
   * Has all replicas go on from the mean of their running estimates, with no losses yet: as a
   * training does that resumes from an epoch's end.
   */
  void beginEpoch(Participants<?> participants) throws ExecutionException, InterruptedException {
    ReplicaProgress begin =
        new ReplicaProgress(
            ReplicaProgress.meanEstimates(replicas), new double[sumsOfLosses().length]);
    participants.give(Collections.nCopies(replicas.size(), begin));
  }

  /** Of the loss terms over all samples of the epoch so far. */
  double[] sumsOfLosses() {
    return ReplicaProgress.summedLosses(replicas);
  }

  TrainingState atEpochsEnd(int epochs, long steps, ParameterGroups groups) {
    return state(epochs, steps, groups, Optional.empty());
  }

  /**
   * @param loss sum over the steps of the epoch so far
   */
  TrainingState withinEpoch(int epochs, long steps, double loss, ParameterGroups groups) {
    EpochSoFar soFar =
        new EpochSoFar(
            loss,
            replicas.stream().map(it -> DoubleStream.of(it.losses()).boxed().toList()).toList(),
            replicas.stream().map(it -> groups.layout().splitStatistics(it.estimates())).toList());
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
