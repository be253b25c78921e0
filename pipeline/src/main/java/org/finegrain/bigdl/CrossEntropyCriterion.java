package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import scala.reflect.ClassTag$;

/** Cross entropy of the logits, the mean over the batch. */
final class CrossEntropyCriterion extends AbstractCriterion<Activity, Activity, Object> {
  CrossEntropyCriterion() {
    super(
        ClassTag$.MODULE$.apply(Activity.class),
        ClassTag$.MODULE$.apply(Activity.class),
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }

  @Override
  public Object updateOutput(Activity in, Activity target) {
    float[] z = BigDl.copy(BigDl.tensors(in).get(0));
    Tensor<Object> t = BigDl.cast(target);
    int n = t.size(1);
    int k = z.length / n;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double s = 0;
      for (int j = 0; j < k; j++) {
        s += Math.exp(z[i * k + j]);
      }
      loss += Math.log(s) - z[i * k + TrainingTarget.label(t, i)];
    }
    output_$eq((float) (loss / n));
    return output();
  }

  @Override
  public Activity updateGradInput(Activity in, Activity target) {
    float[] z = BigDl.copy(BigDl.tensors(in).get(0));
    Tensor<Object> t = BigDl.cast(target);
    int n = t.size(1);
    int k = z.length / n;
    float[] g = new float[z.length];
    for (int i = 0; i < n; i++) {
      double s = 0;
      for (int j = 0; j < k; j++) {
        s += Math.exp(z[i * k + j]);
      }
      for (int j = 0; j < k; j++) {
        g[i * k + j] =
            (float) ((Math.exp(z[i * k + j]) / s - (TrainingTarget.label(t, i) == j ? 1 : 0)) / n);
      }
    }
    gradInput_$eq(BigDl.tensor(g, n, k));
    return gradInput();
  }
}
