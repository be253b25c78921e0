package org.finegrain.attention;

import java.util.function.Supplier;
import org.finegrain.parallel.ParallelLoop;

/**
 * What SE and ECA share: the channels of a feature map are weighed by what their means tell.
 *
 * <pre>
 *   d[c] = mean over h,w of x[c,h,w]
 *   y    = x · gate(d)
 * </pre>
 *
 * Four passes: forward pools and gates; backward collects the gradients of the gates, and writes
 * dx.
 */
abstract class ChannelAttention<G> implements AttentionKernel {
  private final int channels;
  final ImageStates<Image<G>> images;

  ChannelAttention(int channels, ParallelLoop loop, Supplier<G> gate) {
    this.channels = channels;
    images = new ImageStates<>(channels, loop, () -> new Image<>(channels, gate.get()));
  }

  /** Of one image. */
  static final class Image<G> {
    final G gate;
    final PooledValues pools;
    final Gates gates;

    private final float[] nothing;
    private final float[] meanGradient;
    private float[] nowhere = {};

    Image(int channels, G gate) {
      this.gate = gate;
      pools = PooledValues.of(channels);
      gates = new Gates(channels, false);
      nothing = new float[FeatureMaps.padded(channels)];
      meanGradient = new float[FeatureMaps.padded(channels)];
    }

    private void resize(int positions) {
      gates.resize(positions);
      if (nowhere.length != positions) {
        nowhere = new float[positions];
      }
    }
  }

  @Override
  public final int channels() {
    return channels;
  }

  /** Writes the attention weights. */
  abstract void weigh(G gate, float[] means, float[][] parameters, float[] weights);

  /** Returns the gradients of the means, given those of the attention weights. */
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
          x.collectChannels(n, dy, image.gates, image.nowhere, image.pools);
          double[] gradient =
              meanGradient(
                  image.gate, image.gates.channelGradient, image.pools.channelMean, parameters);
          for (int c = 0; c < channels; c++) {
            image.meanGradient[c] = (float) (gradient[c] / x.positions);
          }
          dy.spread(n, image.gates, image.nothing, image.nowhere, image.meanGradient, dx);
        });
    addParameterGradients(gradients);
  }
}
