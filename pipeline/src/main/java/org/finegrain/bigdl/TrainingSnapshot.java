package org.finegrain.bigdl;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;
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
   * What one executor has.
   *
   * @param weights its slice of the flat vector, as are those that are remembered
   */
  record Part(float[] weights, OptimizerState remembered, List<ReplicaProgress> replicas)
      implements Serializable {}

  /**
   * @throws ExecutionException if an executor fails, or is lost
   */
  static <S> TrainingSnapshot take(Participants<S> participants)
      throws ExecutionException, InterruptedException {
    List<Part> parts = participants.ask(Participant::snapshot);
    return new TrainingSnapshot(
        join(parts.stream().map(Part::weights).toList()),
        new OptimizerState(
            joinEach(parts.stream().map(it -> it.remembered().memory()).toList()),
            join(parts.stream().map(it -> it.remembered().average()).toList())),
        parts.stream().flatMap(it -> it.replicas().stream()).toList());
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

  private static float[][] joinEach(List<float[][]> slices) {
    float[][] joined = new float[slices.get(0).length][];
    for (int i = 0; i < joined.length; i++) {
      int index = i;
      joined[i] = join(slices.stream().map(slice -> slice[index]).toList());
    }
    return joined;
  }

  private static float[] join(List<float[]> slices) {
    float[] joined = new float[slices.stream().mapToInt(slice -> slice.length).sum()];
    int offset = 0;
    for (float[] slice : slices) {
      System.arraycopy(slice, 0, joined, offset, slice.length);
      offset += slice.length;
    }
    return joined;
  }
}
