package org.finegrain.loss;

import java.util.Arrays;
import java.util.Locale;
import org.finegrain.parallel.ParallelLoop;

/**
 * The cross-channel loss (CC-Loss). The channels of a feature map form one contiguous group for
 * each class. The loss makes each group recognise its class (discrimination), and makes the
 * channels of a group look at different positions (coverage).
 *
 * <pre>
 *   z[i]   = (1/HW) Σ_p max over j in group i of m[j]·f[j,p]      m: 0 for a dropped channel, else 1
 *   L_dis  = cross entropy of softmax(z) with the label, mean over the batch
 *   P[j,p] = softmax over the positions of f[j]                   no mask here
 *   h      = mean over batch and classes of (1/s_i) Σ_p max over j in group i of P[j,p]    in (0,1]
 *   CC     = L_dis + λ·(1 − h)
 *
 *   ∂z[i]/∂f[j,p] = m[j]/HW where j is the group's maximum at p, else 0
 *   ∂h/∂f[j,p]    = P[j,p]·([j wins p] − Σ over positions q that j wins of P[j,q]) / (N·c·s_i)
 * </pre>
 *
 * Of equal channels the lowest wins. Shapes: f, df (N,C,H,W), row major from their offset; z (N,c);
 * c classes, s_i channels in group i.
 *
 * <p>An instance keeps its buffers, so each replica needs an instance of its own.
 *
 * <p>Source: the paper of {@code attention.Aam} names this loss and its purpose, but its formula
 * was not at hand. This is our reading, modelled on the mutual-channel loss (Chang et al., arXiv
 * 2002.04264). {@code docs/method.md} explains it.
 */
public final class CcLoss {
  private final int[] sizes;
  private final int channels;
  private final int largest;
  private final double lambda;
  private final ParallelLoop images;

  private CcImage[] states = {};
  private int batch;

  /**
   * The value of the loss and its two parts, each a mean over the batch.
   *
   * @param loss {@code L_dis + λ·(1 − h)}
   * @param discrimination L_dis
   * @param coverage h
   */
  public record Value(double loss, double discrimination, double coverage) {}

  /**
   * Creates the loss for one replica.
   *
   * @param groupSizes the number of channels of each class, see {@link GroupSizes}
   * @param lambda λ, the weight of coverage
   * @throws IllegalArgumentException if a group is empty
   */
  public CcLoss(int[] groupSizes, double lambda) {
    this(groupSizes, lambda, ParallelLoop.shared());
  }

  CcLoss(int[] groupSizes, double lambda, ParallelLoop images) {
    if (Arrays.stream(groupSizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid group sizes of CC-Loss: %s (each must be at least 1)",
              Arrays.toString(groupSizes)));
    }
    this.sizes = groupSizes.clone();
    this.lambda = lambda;
    this.images = images;
    channels = Arrays.stream(sizes).sum();
    largest = Arrays.stream(sizes).max().orElse(0);
  }

  /** Returns the number of channels of the feature map that the loss takes. */
  public int channels() {
    return channels;
  }

  /**
   * Returns the loss and writes {@code weight · ∂CC/∂f}.
   *
   * @param f the feature map, (N,C,H,W) from {@code offset} on
   * @param positions H·W
   * @param labels the label of each image, from 0
   * @param mask the channels that discrimination keeps
   * @param df the gradient to be written, (N,C,H,W) from {@code dOffset} on
   * @throws IllegalArgumentException if a label or the mask does not fit the groups
   */
  public Value valueAndGradient(
      float[] f,
      int offset,
      int positions,
      int[] labels,
      LossMask mask,
      double weight,
      float[] df,
      int dOffset) {
    return valueAndGradient(
        f, offset, positions, labels, mask, weight, -weight * lambda, df, dOffset);
  }

  /** Writes {@code discriminationWeight · ∂L_dis/∂f + coverageWeight · ∂h/∂f}. */
  Value valueAndGradient(
      float[] f,
      int offset,
      int positions,
      int[] labels,
      LossMask mask,
      double discriminationWeight,
      double coverageWeight,
      float[] df,
      int dOffset) {
    prepare(labels, mask);
    int size = channels * positions;
    images.forEach(
        batch,
        n -> {
          states[n].resize(positions);
          states[n].valueAndGradient(
              f,
              offset + n * size,
              labels[n],
              mask,
              discriminationWeight / batch,
              coverageWeight / batch,
              df,
              dOffset + n * size);
        });
    return mean();
  }

  /** Returns z of the last call, (N,c). */
  double[] logits() {
    double[] logits = new double[batch * sizes.length];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(states[n].logits, 0, logits, n * sizes.length, sizes.length);
    }
    return logits;
  }

  private void prepare(int[] labels, LossMask mask) {
    Softmax.checkLabels(labels, sizes.length);
    if (mask.channels() != channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid mask of CC-Loss: %d channels (the groups have %d)",
              mask.channels(),
              channels));
    }
    batch = labels.length;
    if (states.length < batch) {
      int old = states.length;
      states = Arrays.copyOf(states, batch);
      for (int n = old; n < batch; n++) {
        states[n] = new CcImage(sizes, largest);
      }
    }
  }

  /**
   * Returns the mean over the images. They are added in their order, so that the sums do not depend
   * on the threads.
   */
  private Value mean() {
    double discrimination = 0;
    double coverage = 0;
    for (int n = 0; n < batch; n++) {
      discrimination += states[n].discrimination;
      coverage += states[n].coverage;
    }
    discrimination /= batch;
    coverage /= batch;
    return new Value(discrimination + lambda * (1 - coverage), discrimination, coverage);
  }
}
