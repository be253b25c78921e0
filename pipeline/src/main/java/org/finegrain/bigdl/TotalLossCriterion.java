package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.io.Serializable;
import java.util.List;
import org.finegrain.config.LossConfig;
import org.finegrain.loss.CrossEntropy;
import org.finegrain.loss.GroupSizes;
import org.finegrain.loss.LossMask;
import org.finegrain.loss.TotalLoss;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The loss of a network's output: cross entropy where it gives logits alone, {@link TotalLoss}
 * where it gives logits and feature map. The target is that of {@link TrainingTarget}.
 */
final class TotalLossCriterion extends AbstractCriterion<Activity, Activity, Object> {
  private static final ClassTag<Activity> ACTIVITY = ClassTag$.MODULE$.apply(Activity.class);

  private final double mu;
  private final double lambda;
  private final boolean projected;
  private final Masks masks;

  private transient CrossEntropy crossEntropy;
  private transient TotalLoss totalLoss;
  private transient int[] groupSizes;

  /** The mask of each step, the same for all images and replicas. */
  @FunctionalInterface
  interface Masks extends Serializable {
    LossMask at(int[] groupSizes, long step);
  }

  /** Masks are drawn by {@code seed} and the step that the target states. */
  static TotalLossCriterion of(LossConfig loss, long seed) {
    return new TotalLossCriterion(loss, (sizes, step) -> LossMask.draw(sizes, seed, step));
  }

  TotalLossCriterion(LossConfig loss, Masks masks) {
    super(ACTIVITY, ACTIVITY, BigDl.FLOAT, BigDl.NUMERIC);
    mu = loss.mu();
    lambda = loss.lambda();
    projected = loss.eta().isPresent();
    this.masks = masks;
  }

  /** Computes the gradients too: they need all that the loss needs. */
  @Override
  public Object updateOutput(Activity input, Activity target) {
    List<Tensor<Object>> outputs = BigDl.tensors(input);
    Tensor<Object> targets = BigDl.cast(target);
    Tensor<Object> logits = outputs.get(0);
    int[] labels = new int[logits.size(1)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = TrainingTarget.label(targets, i);
    }
    double loss =
        outputs.size() == 1
            ? crossEntropy(logits, labels)
            : total(logits, outputs.get(1), labels, TrainingTarget.step(targets));
    output_$eq((float) loss);
    return output();
  }

  /** Of the input that {@link #updateOutput} took last. */
  @Override
  public Activity updateGradInput(Activity input, Activity target) {
    return gradInput();
  }

  private double crossEntropy(Tensor<Object> logits, int[] labels) {
    if (crossEntropy == null) {
      crossEntropy = new CrossEntropy(logits.size(2));
    }
    float[] gradient = new float[logits.nElement()];
    double loss =
        crossEntropy.valueAndGradient(
            BigDl.array(logits), BigDl.offset(logits), labels, gradient, 0);
    gradInput_$eq(BigDl.tensor(gradient, logits.size()));
    return loss;
  }

  private double total(Tensor<Object> logits, Tensor<Object> features, int[] labels, long step) {
    int classes = logits.size(2);
    int channels = features.size(2);
    if (totalLoss == null) {
      groupSizes =
          projected
              ? GroupSizes.projected(classes, channels / classes)
              : GroupSizes.uneven(channels, classes);
      totalLoss = new TotalLoss(groupSizes, mu, lambda);
    }
    float[] logitsGradient = new float[logits.nElement()];
    float[] featuresGradient = new float[features.nElement()];
    TotalLoss.Value value =
        totalLoss.valueAndGradients(
            BigDl.array(logits),
            BigDl.offset(logits),
            BigDl.array(features),
            BigDl.offset(features),
            features.size(3) * features.size(4),
            labels,
            masks.at(groupSizes, step),
            logitsGradient,
            0,
            featuresGradient,
            0);
    gradInput_$eq(
        BigDl.table(
            List.of(
                BigDl.tensor(logitsGradient, logits.size()),
                BigDl.tensor(featuresGradient, features.size()))));
    return value.total();
  }
}
