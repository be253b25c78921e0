package org.finegrain.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finegrain.attention.AamOptions.Merge;
import org.finegrain.parallel.ParallelLoop;

/**
 * The aggregate attention module. Both maps come from the same input, one beside the other.
 *
 * <pre>
 *   d[c]  = max over h,w of x[c,h,w]
 *   Mc    = sigmoid(Conv1d_k(d))                            along the channel index, one shared kernel
 *   Ms    = sigmoid(Conv2d_s([mean over c of x ; max over c of x]))
 *   y     = x · Mc · Ms                                     or x·Mc + x·Ms
 * </pre>
 *
 * Convolutions are cross-correlations with zero padding. A maximum passes its whole gradient to the
 * first of equal elements: the lowest position in row-major order, the lowest channel.
 *
 * <p>Source: Wang, Shi, Fujita and Zhao, Aggregate attention module for fine-grained image
 * classification, 2021. What the paper leaves open is our reading: {@code docs/method.md}.
 */
public final class Aam implements AttentionKernel {
  private final int channels;
  private final AamOptions options;
  private final ParallelLoop images;
  private final List<Parameter> parameters;

  private AamImage[] states = {};
  private int batch;
  private int positions;

  public Aam(int channels, AamOptions options) {
    this(channels, options, ParallelLoop.shared());
  }

  Aam(int channels, AamOptions options, ParallelLoop images) {
    if (channels < 1) {
      throw new IllegalArgumentException(
          "Invalid number of channels: %d (must be at least 1)".formatted(channels));
    }
    this.channels = channels;
    this.options = options;
    this.images = images;
    this.parameters = parametersOf(options);
  }

  private static List<Parameter> parametersOf(AamOptions options) {
    int planes = options.merge() == Merge.CONCAT ? 2 : 1;
    int s = options.spatialKernel();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(new Parameter("channel.weight", List.of(1, 1, options.k())));
    if (options.bias()) {
      parameters.add(new Parameter("channel.bias", List.of(1)));
    }
    parameters.add(new Parameter("spatial.weight", List.of(1, planes, s, s)));
    if (options.bias()) {
      parameters.add(new Parameter("spatial.bias", List.of(1)));
    }
    return List.copyOf(parameters);
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void forward(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int batch,
      int height,
      int width,
      float[][] parameters) {
    AamWeights weights = AamWeights.of(options, parameters);
    grow(batch);
    this.batch = batch;
    positions = height * width;
    int size = channels * positions;
    images.forEach(
        batch,
        n -> {
          states[n].resize(height, width);
          states[n].forward(x, xOffset + n * size, y, yOffset + n * size, weights);
        });
  }

  @Override
  public void backward(
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      float[][] parameters,
      float[][] gradients) {
    AamWeights weights = AamWeights.of(options, parameters);
    int size = channels * positions;
    images.forEach(
        batch,
        n -> {
          int image = n * size;
          states[n].backward(
              x, xOffset + image, dy, dyOffset + image, dx, dxOffset + image, weights);
        });
    addParameterGradients(gradients);
  }

  /** Mc of the last forward pass, (N,C). */
  float[] channelMaps() {
    float[] maps = new float[batch * channels];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(states[n].channelGate.gate, 0, maps, n * channels, channels);
    }
    return maps;
  }

  /** Ms of the last forward pass, (N,H,W). */
  float[] spatialMaps() {
    float[] maps = new float[batch * positions];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(states[n].spatialGate.gate, 0, maps, n * positions, positions);
    }
    return maps;
  }

  /** In the order of the images, so that the sums do not depend on the threads. */
  private void addParameterGradients(float[][] gradients) {
    int spatial = options.bias() ? 2 : 1;
    for (int j = 0; j < gradients[0].length; j++) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += states[n].channelGate.kernelGradient[j];
      }
      gradients[0][j] += (float) sum;
    }
    for (int tap = 0; tap < gradients[spatial].length; tap++) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += states[n].spatialGate.kernelGradient[tap];
      }
      gradients[spatial][tap] += (float) sum;
    }
    if (options.bias()) {
      double channelSum = 0;
      double spatialSum = 0;
      for (int n = 0; n < batch; n++) {
        channelSum += states[n].channelGate.biasGradient;
        spatialSum += states[n].spatialGate.biasGradient;
      }
      gradients[1][0] += (float) channelSum;
      gradients[3][0] += (float) spatialSum;
    }
  }

  private void grow(int batch) {
    if (states.length < batch) {
      int old = states.length;
      states = Arrays.copyOf(states, batch);
      for (int n = old; n < batch; n++) {
        states[n] = new AamImage(channels, options);
      }
    }
  }
}
