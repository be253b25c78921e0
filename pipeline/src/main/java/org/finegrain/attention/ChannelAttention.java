package org.finegrain.attention;

import java.util.function.Supplier;
import org.finegrain.parallel.ParallelLoop;

/**
 * The common part of SE and ECA: a gate computes the weight of each channel from the means of the
 * channels.
 *
 * <pre>
 *   d[c] = mean over h,w of x[c,h,w]
 *   y    = x · gate(d)
 * </pre>
 *
 * The feature map is passed over four times. The forward pass pools and gates. The backward pass
 * collects the gradients of the gates and writes dx.
 *
 * @param <G> the gate over one image
 */
abstract class ChannelAttention<G> implements AttentionKernel {
  private final int channels;
  final ImageStates<Image<G>> images;

  ChannelAttention(int channels, ParallelLoop loop, Supplier<G> gate) {
    this.channels = channels;
    images = new ImageStates<>(channels, loop, () -> new Image<>(channels, gate.get()));
  }

  /** The values of one image that the forward pass keeps for the backward pass. */
  static final class Image<G> {
    final G gate;
    final PooledValues pools;
    final Gates gates;

    private final float[] zeroChannels;
    private final float[] meanGradient;
    private float[] zeroPositions = {};

    Image(int channels, G gate) {
      this.gate = gate;
      pools = PooledValues.of(channels);
      gates = new Gates(channels, false);
      zeroChannels = new float[FeatureMaps.padded(channels)];
      meanGradient = new float[FeatureMaps.padded(channels)];
    }

    private void resize(int positions) {
      gates.resize(positions);
      if (zeroPositions.length != positions) {
        zeroPositions = new float[positions];
      }
    }
  }

  @Override
  public final int channels() {
    return channels;
  }

  /** Writes the attention weights of one image's channels. */
  abstract void weigh(G gate, float[] means, float[][] parameters, float[] weights);

  /**
   * Returns the gradient with respect to the means, given that with respect to the attention
   * weights.
   */
  abstract double[] meanGradient(G gate, double[] gradient, float[] means, float[][] parameters);

  abstract void addParameterGradients(float[][] gradients);

  @Override
  public final void forward(
      FeatureMaps x,
      FeatureMaps residual,
      FeatureMaps y,
      float[][] parameters,
      float[][] statistics,
      boolean training) {
    images.prepare(x, residual, y);
    images.forEach(
        (n, image) -> {
          image.resize(x.positions);
          x.poolChannels(n, image.pools);
          weigh(image.gate, image.pools.channelMean, parameters, image.gates.channel);
          x.gate(n, image.gates, residual, y);
        });
  }

  @Override
  public final void backward(
      FeatureMaps x, FeatureMaps dy, FeatureMaps dx, float[][] parameters, float[][] gradients) {
    images.require(x, dy, dx);
    images.forEach(
        (n, image) -> {
          x.collectChannels(n, dy, image.gates, image.zeroPositions, image.pools);
          double[] gradient =
              meanGradient(
                  image.gate, image.gates.channelGradient, image.pools.channelMean, parameters);
          for (int c = 0; c < channels; c++) {
            image.meanGradient[c] = (float) (gradient[c] / x.positions);
          }
          dy.spread(
              n, image.gates, image.zeroChannels, image.zeroPositions, image.meanGradient, dx);
        });
    addParameterGradients(gradients);
  }
}
