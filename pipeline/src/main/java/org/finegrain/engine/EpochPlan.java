package org.finegrain.engine;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finegrain.config.LastBatch;

/**
 * The plan by which the samples of an epoch become steps, and the samples of a step are divided
 * over executors. Parts of a batch differ by one sample at most; the first executors have the
 * larger ones. A sample always stays on one executor, which its rank in the order of the ids
 * decides.
 *
 * @param steps the number of steps in an epoch
 * @param batchSize the number of samples in a step, over all executors
 * @param executors the number of executors
 */
public record EpochPlan(int steps, int batchSize, int executors) implements Serializable {
  /**
   * Makes the plan for a dataset on a cluster.
   *
   * @param samples the number of samples in the dataset
   * @throws IllegalArgumentException if there are fewer samples in a batch than replicas, or fewer
   *     samples than one batch holds
   */
  public static EpochPlan of(long samples, int batchSize, LastBatch lastBatch, Topology topology) {
    if (batchSize < topology.replicas()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot split a batch of %d samples over %d replicas: raise train.batch-size to at"
                  + " least %d, or use fewer executors",
              batchSize,
              topology.replicas(),
              topology.replicas()));
    }
    if (samples < batchSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot fill a batch of %d with %d samples: lower train.batch-size, or add samples",
              batchSize,
              samples));
    }
    long steps =
        switch (lastBatch) {
          case DROP -> samples / batchSize;
          case WRAP -> (samples + batchSize - 1) / batchSize;
        };
    return new EpochPlan(Math.toIntExact(steps), batchSize, topology.executors());
  }

  /** Returns how many samples of each batch {@code executor}, from 0, computes. */
  public int samplesOf(int executor) {
    return batchSize / executors + (executor < batchSize % executors ? 1 : 0);
  }

  /**
   * Returns the samples that {@code executor} computes in a step. The last batch of an epoch may
   * begin again at the first sample.
   *
   * @param order the executor's samples in the order of the epoch
   * @param step within the epoch, from 0
   */
  public <S> List<S> batch(List<S> order, int executor, int step) {
    int samples = samplesOf(executor);
    int from = step * samples;
    return IntStream.range(from, from + samples)
        .<S>mapToObj(i -> order.get(i % order.size()))
        .toList();
  }

  /** Returns a text that two plans share if they give every sample to the same executor. */
  public String division() {
    return batchSize % executors == 0
        ? "over " + executors
        : "of " + batchSize + " over " + executors;
  }

  /**
   * Returns the executor that holds the sample of this rank. Samples are dealt out like cards,
   * batch by batch.
   */
  public int executorOf(int rank) {
    int placeInBatch = rank % batchSize;
    return placeInBatch % executors;
  }
}
