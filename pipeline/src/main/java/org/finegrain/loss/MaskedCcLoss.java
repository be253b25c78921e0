package org.finegrain.loss;

/** {@link CcLoss} of a feature map (N,C,H,W), with a mask for each step. */
public final class MaskedCcLoss implements LossTerm {
  private final int[] groupSizes;
  private final Masks masks;
  private final CcLoss loss;

  /** The mask of each step, the same for all images and replicas. */
  @FunctionalInterface
  public interface Masks {
    LossMask at(int[] groupSizes, long step);
  }

  /**
   * @param groupSizes channels for each class: {@link GroupSizes}
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
