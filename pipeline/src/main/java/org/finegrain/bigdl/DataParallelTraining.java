package org.finegrain.bigdl;

/** Trains a network data-parallel across executors. */
public final class DataParallelTraining {
  private final TrainingEngine engine;

  public DataParallelTraining(TrainingEngine engine) {
    this.engine = engine;
  }

  /** The steps of an epoch over {@code samples} samples. */
  public EpochPlan plan(long samples, int batchSize) {
    return EpochPlan.of(samples, batchSize, engine.topology());
  }
}
