package org.finegrain.engine;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finegrain.config.LastBatch;

/**
 * How the samples of an epoch become steps, and those of a step are shared out to executors: as
 * evenly as they go, the first executors one more. Samples are numbered in the order of their ids.
 * Each executor has its own, in proportion to what it takes of a step.
 *
 * @param steps in one epoch
 * @param batchSize samples of a step, over all executors
 */
public record EpochPlan(int steps, int batchSize, int executors) implements Serializable {
  /**
   * @throws IllegalArgumentException if there are fewer samples in a batch than replicas, or fewer
   *     samples than one batch holds
   */
  public static EpochPlan of(long samples, int batchSize, LastBatch lastBatch, Topology topology) {
    if (batchSize < topology.replicas()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot split batch %d over %d replicas: train.batch-size must be at least %d, or give fewer executors",
              batchSize,
              topology.replicas(),
              topology.replicas()));
    }
    if (samples < batchSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot fill a batch of %d with %d samples: lower train.batch-size or add samples",
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

  /** What {@code executor} (from 0) takes of each step. */
  public int samplesOf(int executor) {
    return batchSize / executors + (executor < batchSize % executors ? 1 : 0);
  }

  /**
   * What {@code executor} sees in a step of an epoch; the last batch may wrap.
   *
   * @param order of its samples in that epoch
   */
  public <S> List<S> batch(List<S> order, int executor, int step) {
    int samples = samplesOf(executor);
    int from = step * samples;
    return IntStream.range(from, from + samples)
        .<S>mapToObj(i -> order.get(i % order.size()))
        .toList();
  }

  /** Whose the sample of number {@code rank} is: as cards are dealt, batch after batch. */
  public int executorOf(int rank) {
    int card = rank % batchSize;
    return card % executors;
  }
}
