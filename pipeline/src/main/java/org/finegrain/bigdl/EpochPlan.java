package org.finegrain.bigdl;

/**
 * How the samples of an epoch become steps. Each executor takes its own share of the samples, which
 * differs by one sample at most; what does not fill a last batch is left out, others each epoch.
 *
 * @param steps in one epoch
 * @param samplesPerExecutor of one step
 */
public record EpochPlan(int steps, int samplesPerExecutor) {
  /**
   * @throws IllegalArgumentException if the batch does not divide over the replicas, or if there
   *     are fewer samples than one batch holds
   */
  public static EpochPlan of(long samples, int batchSize, Topology topology) {
    int replicas = topology.replicas();
    if (batchSize < 1 || batchSize % replicas != 0) {
      int below = batchSize / replicas * replicas;
      throw new IllegalArgumentException(
          "Cannot split batch %d over %d replicas: train.batch-size must be a multiple of %d, nearest %s"
              .formatted(
                  batchSize,
                  replicas,
                  replicas,
                  below < 1 ? replicas : below + " or " + (below + replicas)));
    }
    int samplesPerExecutor = batchSize / topology.executors();
    long steps = samples / topology.executors() / samplesPerExecutor;
    if (steps == 0) {
      throw new IllegalArgumentException(
          "Cannot fill a batch of %d with %d samples: lower train.batch-size or add samples"
              .formatted(batchSize, samples));
    }
    return new EpochPlan(Math.toIntExact(steps), samplesPerExecutor);
  }
}
