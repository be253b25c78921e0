package org.finegrain.bigdl.executor;

import java.io.Serializable;
import java.util.List;

/**
 * What a replica does not share with the others until an epoch ends.
 *
 * @param estimates running estimates, in the engine's order
 * @param losses sums of the loss terms over the samples of the epoch so far
 */
public record ReplicaProgress(float[][] estimates, double[] losses) implements Serializable {

  /** The mean of the running estimates. */
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

  /** In the order of the replicas: the same again, however tasks end. */
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
