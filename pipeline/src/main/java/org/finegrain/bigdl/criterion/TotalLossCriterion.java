package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.LossConfig;
import org.finegrain.loss.CenterLoss;
import org.finegrain.loss.CrossEntropy;
import org.finegrain.loss.GroupSizes;
import org.finegrain.loss.LossMask;
import org.finegrain.loss.LossTarget;
import org.finegrain.loss.LossTerm;
import org.finegrain.loss.MaskedCcLoss;
import org.finegrain.loss.TensorView;
import org.finegrain.loss.TotalLoss;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The loss of a training as a criterion of BigDL: the weighted sum of its terms. The network has
 * one output for each term of {@link LossConfig#kind()}, the logits first. The target is that of
 * {@link TrainingTarget}.
 */
public final class TotalLossCriterion extends AbstractCriterion<Activity, Activity, Object> {
  private static final ClassTag<Activity> ACTIVITY = ClassTag$.MODULE$.apply(Activity.class);

  private final LossConfig.Kind kind;
  private final double mu;
  private final double lambda;

  /** The number of channels of each class in CC-Loss; 0 where channels are divided unevenly. */
  private final int eta;

  private final double labelSmoothing;
  private final double centerWeight;
  private final Masks masks;

  private transient TotalLoss loss;
  private transient List<Tensor<Object>> gradients;
  private transient LossSums sums;

  /** The masks of CC-Loss, which travel to the executors. */
  @FunctionalInterface
  public interface Masks extends MaskedCcLoss.Masks, Serializable {}

  /** Creates the criterion. Its masks follow from {@code seed} and the step in the target. */
  public static TotalLossCriterion of(LossConfig loss, long seed) {
    return new TotalLossCriterion(loss, (sizes, step) -> LossMask.draw(sizes, seed, step));
  }

  /** Creates the criterion with given masks. */
  public TotalLossCriterion(LossConfig loss, Masks masks) {
    super(ACTIVITY, ACTIVITY, BigDl.FLOAT, BigDl.NUMERIC);
    kind = loss.kind();
    mu = loss.mu();
    lambda = loss.lambda();
    eta = loss.eta().orElse(0);
    labelSmoothing = loss.labelSmoothing();
    centerWeight = loss.centerWeight();
    this.masks = masks;
  }

  /** Computes the loss, and its gradients at the same time: both need the same numbers. */
  @Override
  public Object updateOutput(Activity input, Activity target) {
    List<Tensor<Object>> outputs = BigDl.tensors(input);
    if (loss == null) {
      loss = loss(outputs);
    }
    makeGradientsLike(outputs);
    LossTarget rows = TrainingTarget.read(BigDl.cast(target));
    double total = loss.valueAndGradients(values(outputs), rows, values(gradients));
    sums().add(loss.values(), rows.labels().length);
    output_$eq((float) total);
    return output();
  }

  /**
   * Returns the gradient of the loss that {@link #updateOutput} computed last. Its next call
   * overwrites the gradient.
   */
  @Override
  public Activity updateGradInput(Activity input, Activity target) {
    return gradInput();
  }

  /** Returns the sums of the loss's terms over the samples since the epoch began. */
  LossSums sums() {
    if (sums == null) {
      sums = new LossSums(kind.terms().size());
    }
    return sums;
  }

  private TotalLoss loss(List<Tensor<Object>> outputs) {
    int classes = outputs.get(0).size(2);
    List<TotalLoss.Part> parts = new ArrayList<>();
    for (LossConfig.Term term : kind.terms()) {
      parts.add(
          new TotalLoss.Part(weight(term), term(term, classes, outputs.get(parts.size()).size(2))));
    }
    return new TotalLoss(parts);
  }

  private double weight(LossConfig.Term term) {
    return switch (term) {
      case CE -> 1;
      case CC -> mu;
      case CENTER -> centerWeight;
    };
  }

  /**
   * Returns a term of the loss.
   *
   * @param width the width of the output that the term reads: logits, channels or features
   */
  private LossTerm term(LossConfig.Term term, int classes, int width) {
    return switch (term) {
      case CE -> new CrossEntropy(classes, labelSmoothing);
      case CC ->
          new MaskedCcLoss(
              eta > 0 ? GroupSizes.projected(classes, eta) : GroupSizes.uneven(width, classes),
              lambda,
              masks);
      case CENTER -> new CenterLoss(classes);
    };
  }

  private void makeGradientsLike(List<Tensor<Object>> outputs) {
    if (haveShapesOf(outputs)) {
      return;
    }
    gradients = outputs.stream().map(output -> BigDl.zeros(output.size())).toList();
    gradInput_$eq(gradients.size() == 1 ? gradients.get(0) : BigDl.table(gradients));
  }

  private boolean haveShapesOf(List<Tensor<Object>> outputs) {
    if (gradients == null || gradients.size() != outputs.size()) {
      return false;
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (!gradients.get(i).isSameSizeAs(outputs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<TensorView> values(List<Tensor<Object>> tensors) {
    return tensors.stream()
        .map(tensor -> new TensorView(BigDl.array(tensor), BigDl.offset(tensor), tensor.nElement()))
        .toList();
  }
}
