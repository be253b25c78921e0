package org.finegrain.attention;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.attention.InitialValues.Uniform;
import org.finegrain.parallel.ParallelLoop;

/**
 * The aggregate attention module (AAM). The channel map Mc and the spatial map Ms are both computed
 * from the same input.
 *
 * <pre>
 *   d[c]  = max over h,w of x[c,h,w]
 *   Mc    = sigmoid(Conv1d_k(d))                            along the channel index, one shared kernel
 *   Ms    = sigmoid(Conv2d_s([mean over c of x ; max over c of x]))
 *   y     = x · Mc · Ms                                     or x·Mc + x·Ms; with one branch alone x·Mc or x·Ms
 * </pre>
 *
 * Shapes: x, y (N,C,H,W); d, Mc (N,C); Ms (N,H,W). Convolutions are cross-correlations with zero
 * padding. Where several elements are equal to the maximum, the first of them gets the whole
 * gradient: the lowest position in row-major order, or the lowest channel.
 *
 * <p>Source: Wang, Shi, Fujita and Zhao, Aggregate attention module for fine-grained image
 * classification, 2021. What the paper leaves open is our reading, listed in {@code
 * docs/method.md}.
 */
final class Aam implements AttentionKernel {
  private final int channels;
  private final AamOptions options;
  private final ImageStates<AamImage> images;

  Aam(int channels, AamOptions options, ParallelLoop loop) {
    this.channels = channels;
    this.options = options;
    images = new ImageStates<>(channels, loop, () -> new AamImage(channels, options));
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public List<Parameter> parameters() {
    int s = options.spatialKernel();
    List<Parameter> parameters = new ArrayList<>();
    if (options.hasChannel()) {
      Uniform uniform = new Uniform(options.k());
      parameters.add(new Parameter("channel.weight", List.of(1, 1, options.k()), uniform));
      if (options.bias()) {
        parameters.add(new Parameter("channel.bias", List.of(1), uniform));
      }
    }
    if (options.hasSpatial()) {
      Uniform uniform = new Uniform(options.planes() * s * s);
      parameters.add(new Parameter("spatial.weight", List.of(1, options.planes(), s, s), uniform));
      if (options.bias()) {
        parameters.add(new Parameter("spatial.bias", List.of(1), uniform));
      }
    }
    return List.copyOf(parameters);
  }

  /** Counts the channel map, the spatial map, and the product of each with the feature map. */
  @Override
  public long multiplyAdds(int height, int width) {
    long positions = (long) height * width;
    long count = 0;
    if (options.hasChannel()) {
      count += (long) channels * options.k() + channels * positions;
    }
    if (options.hasSpatial()) {
      long taps = (long) options.planes() * options.spatialKernel() * options.spatialKernel();
      count += positions * taps + channels * positions;
    }
    return count;
  }

  @Override
  public void forward(
      FeatureMaps x,
      FeatureMaps residual,
      FeatureMaps y,
      float[][] parameters,
      float[][] statistics,
      boolean training) {
    AamWeights weights = AamWeights.of(options, parameters);
    images.prepare(x, residual, y);
    images.forEach(
        (n, image) -> {
          image.resize(x.height, x.width);
          image.forward(n, x, residual, y, weights);
        });
  }

  @Override
  public void backward(
      FeatureMaps x, FeatureMaps dy, FeatureMaps dx, float[][] parameters, float[][] gradients) {
    AamWeights weights = AamWeights.of(options, parameters);
    images.require(x, dy, dx);
    images.forEach((n, image) -> image.backward(n, x, dy, dx, weights));
    AamWeights sums = AamWeights.of(options, gradients);
    if (options.hasChannel()) {
      images.addSums(image -> image.channelGate.kernelGradient, sums.channel());
      if (options.bias()) {
        images.addSums(image -> image.channelGate.biasGradient, sums.channelBias());
      }
    }
    if (options.hasSpatial()) {
      images.addSums(image -> image.spatialGate.convolution.kernelGradient, sums.spatial());
      if (options.bias()) {
        images.addSums(image -> image.spatialGate.convolution.biasGradient, sums.spatialBias());
      }
    }
  }

  /** Returns Mc of the last forward pass, (N,C). */
  float[] channelMaps() {
    return images.join(image -> image.gates.channel, channels);
  }

  /** Returns Ms of the last forward pass, (N,H,W). */
  float[] spatialMaps() {
    return images.join(image -> image.gates.position, images.positions());
  }
}
