package org.finegrain.loss;

import org.finegrain.parallel.ParallelLoop;

/**
 * What a network with CC-Loss minimises: {@code CE + μ·CC}, cross entropy of the logits and {@link
 * CcLoss} of the feature map, both means over the batch. An instance keeps its buffers, and so
 * serves one model replica.
 */
public final class TotalLoss {
  private final CrossEntropy crossEntropy;
  private final CcLoss ccLoss;
  private final double mu;

  /**
   * @param total {@code crossEntropy + μ·cc.loss}
   */
  public record Value(double total, double crossEntropy, CcLoss.Value cc) {}

  /**
   * @param groupSizes channels for each class: {@link GroupSizes}
   */
  public TotalLoss(int[] groupSizes, double mu, double lambda) {
    this(groupSizes, mu, lambda, ParallelLoop.shared());
  }

  TotalLoss(int[] groupSizes, double mu, double lambda, ParallelLoop images) {
    crossEntropy = new CrossEntropy(groupSizes.length);
    ccLoss = new CcLoss(groupSizes, lambda, images);
    this.mu = mu;
  }

  /**
   * @param logits (N,c) from its offset
   * @param f feature map, (N,C,H,W) from its offset
   * @param positions H·W
   * @throws IllegalArgumentException if a label or the mask does not fit the groups
   */
  public Value value(
      float[] logits,
      int logitsOffset,
      float[] f,
      int fOffset,
      int positions,
      int[] labels,
      LossMask mask) {
    return value(
        crossEntropy.value(logits, logitsOffset, labels),
        ccLoss.value(f, fOffset, positions, labels, mask));
  }

  /**
   * As {@link #value}, and writes the gradients of logits and feature map.
   *
   * @throws IllegalArgumentException if a label or the mask does not fit the groups
   */
  public Value valueAndGradients(
      float[] logits,
      int logitsOffset,
      float[] f,
      int fOffset,
      int positions,
      int[] labels,
      LossMask mask,
      float[] dLogits,
      int dLogitsOffset,
      float[] df,
      int dfOffset) {
    return value(
        crossEntropy.valueAndGradient(logits, logitsOffset, labels, dLogits, dLogitsOffset),
        ccLoss.valueAndGradient(f, fOffset, positions, labels, mask, mu, df, dfOffset));
  }

  private Value value(double ce, CcLoss.Value cc) {
    return new Value(ce + mu * cc.loss(), ce, cc);
  }
}
