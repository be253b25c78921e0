package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.feature.dataset.DistributedDataSet;
import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch;
import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch$;
import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.LongAccumulator;

/**
 * The samples as DistriOptimizer wants them, one partition an executor. BigDL's own datasets begin
 * at a random place in each step and know no epochs; in this one the driver says which step is
 * next, and the task of that step carries it along.
 */
final class TrainingDataSet<S> implements DistributedDataSet<MiniBatch<Object>> {
  private static final int[] NONE = {};

  private final JavaRDD<SampleShare<S>> shares;
  private final BatchSpec<S> spec;
  private final TakeBatch<S> takeBatch;
  private final Optional<GlobalLabels> labels;
  private boolean cached = true;

  /**
   * @param labels where the loss asks for those of the whole batch
   * @param waiting nanoseconds that executors wait for batches
   */
  TrainingDataSet(
      JavaRDD<SampleShare<S>> shares,
      BatchSpec<S> spec,
      Optional<GlobalLabels> labels,
      LongAccumulator waiting) {
    this.shares = shares;
    this.spec = spec;
    this.labels = labels;
    this.takeBatch = new TakeBatch<>(spec, waiting);
  }

  /** Says which batch the next step sees; read when Spark serialises that step's tasks. */
  void moveTo(StepPosition position) {
    takeBatch.position = position;
    takeBatch.labels = labels.map(it -> it.at(position)).orElse(NONE);
  }

  /** What is done once on each executor. */
  @FunctionalInterface
  interface Work extends Serializable {
    void run();
  }

  /**
   * @throws TimeoutException if not all executors have done it within {@code limit}
   */
  void onExecutors(Work work, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    JavaFutureAction<Void> done = shares.foreachPartitionAsync(ignored -> work.run());
    try {
      done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      done.cancel(true); // nothing, once it is done
    }
  }

  @Override
  public RDD<MiniBatch<Object>> data(boolean train) {
    return train
        ? shares.mapPartitionsWithIndex(takeBatch, true).rdd()
        : shares.mapPartitionsWithIndex(new CountSamples<>(spec), true).rdd();
  }

  private static final class TakeBatch<S>
      implements Function2<Integer, Iterator<SampleShare<S>>, Iterator<MiniBatch<Object>>> {
    private final BatchSpec<S> spec;
    private final LongAccumulator waiting;
    private StepPosition position;
    private int[] labels = NONE;

    TakeBatch(BatchSpec<S> spec, LongAccumulator waiting) {
      this.spec = spec;
      this.waiting = waiting;
    }

    @Override
    public Iterator<MiniBatch<Object>> call(Integer partition, Iterator<SampleShare<S>> share) {
      long start = System.nanoTime();
      Batch batch = BatchFeed.of(spec, partition, share::next).take(position);
      waiting.add(System.nanoTime() - start);
      return List.of(batch.within(labels).miniBatch()).iterator();
    }
  }

  /** BigDL wants to know how many samples an epoch has, and counts those of all batches. */
  private record CountSamples<S>(BatchSpec<S> spec)
      implements Function2<Integer, Iterator<SampleShare<S>>, Iterator<MiniBatch<Object>>> {
    @Override
    public Iterator<MiniBatch<Object>> call(Integer partition, Iterator<SampleShare<S>> share) {
      int samples = spec.plan().steps() * spec.plan().samplesOf(partition);
      return List.of(
              MiniBatch$.MODULE$.apply(
                  BigDl.zeros(samples, 1), BigDl.zeros(samples, 1), BigDl.FLOAT))
          .iterator();
    }
  }

  @Override
  public long size() {
    return (long) spec.plan().steps() * spec.plan().batchSize();
  }

  /** The order follows from the epoch: nothing to do. */
  @Override
  public void shuffle() {}

  @Override
  public RDD<?> originRDD() {
    return shares.rdd();
  }

  @Override
  public boolean isCached() {
    return cached;
  }

  @Override
  public void isCached_$eq(boolean value) {
    cached = value;
  }

  @Override
  public void unpersist() {
    shares.unpersist(true);
    cached = false;
  }
}
