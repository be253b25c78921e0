package org.finegrain.bigdl.feed;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.StepPosition;

/**
 * The labels of the whole batch of a step, over all executors. The driver knows them before the
 * step begins, as the order of the samples is a function of seed and epoch.
 */
public final class GlobalLabels {
  /** The labels of each executor's samples. */
  private final List<SampleShare<Integer>> shares;

  private final BatchSpec<?> spec;

  private List<List<Integer>> orders;
  private int orderedEpoch = -1;

  private GlobalLabels(List<SampleShare<Integer>> shares, BatchSpec<?> spec) {
    this.shares = shares;
    this.spec = spec;
  }

  public static <S> GlobalLabels of(JavaRDD<SampleShare<S>> shares, BatchSpec<S> spec) {
    SampleLoader<S> loader = spec.loader();
    return new GlobalLabels(
        shares
            .map(
                share ->
                    new SampleShare<>(
                        share.samples().stream().map(loader::label).toList(), share.ids()))
            .collect(),
        spec);
  }

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
