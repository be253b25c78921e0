package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.feature.dataset.DistributedDataSet;
import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch;
import com.intel.analytics.bigdl.dllib.feature.dataset.MiniBatch$;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
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
  private final JavaRDD<SampleShare<S>> shares;
  private final BatchSpec<S> spec;
  private final TakeBatch<S> takeBatch;
  private boolean cached = true;

  /**
   * @param waiting nanoseconds that executors wait for batches
   */
  TrainingDataSet(JavaRDD<SampleShare<S>> shares, BatchSpec<S> spec, LongAccumulator waiting) {
    this.shares = shares;
    this.spec = spec;
    this.takeBatch = new TakeBatch<>(spec, waiting);
  }

  /** Says which batch the next step sees; read when Spark serialises that step's tasks. */
  void moveTo(StepPosition position) {
    takeBatch.position = position;
  }

  /** What is done once on each executor. */
  @FunctionalInterface
  interface Work extends Serializable {
    void run();
  }

  void onExecutors(Work work) {
    shares.foreachPartition(ignored -> work.run());
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

    TakeBatch(BatchSpec<S> spec, LongAccumulator waiting) {
      this.spec = spec;
      this.waiting = waiting;
    }

    @Override
    public Iterator<MiniBatch<Object>> call(Integer partition, Iterator<SampleShare<S>> share) {
      long start = System.nanoTime();
      Batch batch = BatchFeed.of(spec, partition, share::next).take(position);
      waiting.add(System.nanoTime() - start);
      return List.of(batch.miniBatch()).iterator();
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
