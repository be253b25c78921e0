package org.finegrain.bigdl;

/** Trains a network data-parallel across executors. */
public final class DataParallelTraining {
  private DataParallelTraining() {}
}
