package org.finegrain.loss;

/**
 * {@link CcLoss} as a term of the loss, over a feature map (N,C,H,W), with a mask for each step.
 */
public final class MaskedCcLoss implements LossTerm {
  private final int[] groupSizes;
  private final Masks masks;
  private final CcLoss loss;

  /** The source of the mask of each step. */
  @FunctionalInterface
  public interface Masks {
    /**
     * Returns the mask of a step. It is the same for all images and replicas.
     *
     * @param step the step of the training, from 0
     */
    LossMask at(int[] groupSizes, long step);
  }

  /**
   * Creates the term for one replica.
   *
   * @param groupSizes the number of channels of each class, see {@link GroupSizes}
   * @param lambda λ, the weight of coverage
   */
  public MaskedCcLoss(int[] groupSizes, double lambda, Masks masks) {
    this.groupSizes = groupSizes.clone();
    this.masks = masks;
    loss = new CcLoss(groupSizes, lambda);
  }

  @Override
  public double valueAndGradient(
      TensorView featureMap, LossTarget target, double weight, TensorView gradient) {
    int positions = featureMap.size() / target.labels().length / loss.channels();
    return loss.valueAndGradient(
            featureMap.data(),
            featureMap.offset(),
            positions,
            target.labels(),
            masks.at(groupSizes, target.step()),
            weight,
            gradient.data(),
            gradient.offset())
        .loss();
  }
}
