package org.finegrain.loss;

import java.util.Arrays;

/** The center loss of one batch, with the update of the centers that follows. */
final class CenterStep {
  private final CenterLoss loss;
  private final float[] centers;
  private final float[] output;
  private final float[] gradient;
  private int batch;

  CenterStep(float[] x, float[] centers, int classes) {
    loss = new CenterLoss(classes);
    this.centers = centers;
    output = Arrays.copyOf(x, x.length + centers.length);
    System.arraycopy(centers, 0, output, x.length, centers.length);
    gradient = new float[output.length];
  }

  double run(LossTarget target, double weight) {
    batch = target.labels().length;
    return loss.valueAndGradient(TensorView.of(output), target, weight, TensorView.of(gradient));
  }

  float[] dx() {
    return Arrays.copyOf(gradient, output.length - centers.length);
  }

  /** Returns what stands in the place of the centers' gradient, a mean over the samples. */
  float[] dc() {
    return Arrays.copyOfRange(gradient, output.length - centers.length, output.length);
  }

  float[] centersAfter(double alpha) {
    float[] after = centers.clone();
    float[] dc = dc();
    for (int i = 0; i < after.length; i++) {
      after[i] -= (float) (alpha * batch * dc[i]);
    }
    return after;
  }
}
