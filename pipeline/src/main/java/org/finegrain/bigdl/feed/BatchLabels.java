package org.finegrain.bigdl.feed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.bigdl.group.Members;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.StepPosition;

/**
 * The labels of whole batches, over all executors. The driver knows them before a step begins,
 * since the order of the samples follows from the seed and the epoch.
 */
public final class BatchLabels {
  /** For each executor, the labels of the samples that it holds. */
  private final List<SampleShare<Integer>> shares;

  private final BatchSpec<?> spec;

  private List<List<Integer>> orders;
  private int orderedEpoch = -1;

  private BatchLabels(List<SampleShare<Integer>> shares, BatchSpec<?> spec) {
    this.shares = shares;
    this.spec = spec;
  }

  /** Fetches the labels of all samples to the driver. */
  public static <S> BatchLabels of(
      Members members, JavaRDD<SampleShare<S>> shares, BatchSpec<S> spec)
      throws ExecutionException, InterruptedException {
    SampleLoader<S> loader = spec.loader();
    return new BatchLabels(
        members.collect(
            shares.map(
                share ->
                    new SampleShare<>(
                        share.samples().stream().map(loader::label).toList(), share.ids()))),
        spec);
  }

  /** Returns the labels of the batch at {@code position}, in the order of the executors. */
  public int[] at(StepPosition position) {
    if (position.epoch() != orderedEpoch) {
      orders = shares.stream().map(share -> share.order(spec.seed(), position.epoch())).toList();
      orderedEpoch = position.epoch();
    }
    return IntStream.range(0, orders.size())
        .boxed()
        .flatMap(
            executor -> spec.plan().batch(orders.get(executor), executor, position.step()).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
