package org.finegrain.bigdl.executor;

import java.io.Serializable;
import java.util.List;

/**
 * The numbers that a replica keeps for itself until an epoch ends.
 *
 * @param estimates the running estimates of its batch norms, in the engine's order
 * @param losses the sum of each loss term over the replica's samples of the epoch so far
 */
public record ReplicaProgress(float[][] estimates, double[] losses) implements Serializable {

  /** Returns the mean of the running estimates over the replicas. */
  public static float[][] meanEstimates(List<ReplicaProgress> all) {
    float[][] mean = new float[all.get(0).estimates.length][];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = new float[all.get(0).estimates[i].length];
      for (int j = 0; j < mean[i].length; j++) {
        double sum = 0;
        for (ReplicaProgress replica : all) {
          sum += replica.estimates[i][j];
        }
        mean[i][j] = (float) (sum / all.size());
      }
    }
    return mean;
  }

  /** Returns the sums over the replicas. Adds in their order, so that the bits repeat. */
  public static double[] summedLosses(List<ReplicaProgress> all) {
    double[] sum = new double[all.get(0).losses.length];
    for (ReplicaProgress replica : all) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += replica.losses[i];
      }
    }
    return sum;
  }
}
