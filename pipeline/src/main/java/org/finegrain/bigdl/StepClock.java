package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.Metrics;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Takes each step's time apart. What executors measure comes to the driver with the end of their
 * tasks, as BigDL's own measurements do, and costs no job.
 */
final class StepClock {
  private static final double NANOS = 1e9;
  private static final String COMPUTING = "computing time average"; // BigDL's name; a sum

  private final Metrics metrics = new Metrics();
  private final LongAccumulator waiting;
  private final int executors;
  private final int batchSize;

  StepClock(JavaSparkContext spark, int executors, int batchSize) {
    this.waiting = spark.sc().longAccumulator();
    this.executors = executors;
    this.batchSize = batchSize;
  }

  /** What BigDL measures into, anew in each step. */
  Metrics metrics() {
    return metrics;
  }

  /** Nanoseconds, over all executors. */
  LongAccumulator waiting() {
    return waiting;
  }

  /** Of the step that has ended, once. */
  StepTimes read(double imagesPerSecond) {
    double wait = waiting.value() / NANOS / executors;
    waiting.reset();
    double compute = ((Number) metrics.get(COMPUTING)._1()).doubleValue() / NANOS / executors;
    return new StepTimes(wait, compute, Math.max(0, batchSize / imagesPerSecond - wait - compute));
  }
}
