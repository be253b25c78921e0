package org.finegrain.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.finegrain.parallel.ParallelLoop;

/**
 * The convolutional block attention module (CBAM). It weighs the channels of x, which gives f, and
 * then the positions of f.
 *
 * <pre>
 *   f  = x · sigmoid(mlp(mean over h,w of x) + mlp(max over h,w of x))
 *   y  = f · sigmoid(BN(Conv2d_s([max over c of f ; mean over c of f])))
 * </pre>
 *
 * Shapes: x, f, y (N,C,H,W). The batch norm BN has one channel; its statistics are over the batch
 * and all positions. Equal maxima are treated as in {@link Aam}. f is never stored: each value of
 * it is computed again where it is needed.
 *
 * <p>The feature map is passed over six times. The forward pass pools the channels, pools the
 * positions, and gates. The backward pass collects the gradient of the spatial gate, then that of
 * the channel gate, and writes dx.
 *
 * <p>Source: Woo et al., CBAM: Convolutional Block Attention Module, ECCV 2018, and its code.
 */
final class Cbam implements AttentionKernel {
  private static final double EPSILON = 1e-5;

  /** The share of a new value in the running estimates. Other batch norms have 0.1. */
  private static final double MOMENTUM = 0.01;

  private final int channels;
  private final CbamOptions options;
  private final ImageStates<CbamImage> images;

  /** Tells whether the last forward pass was one of training. */
  private boolean training;

  private double inverseDeviation;

  Cbam(int channels, CbamOptions options, ParallelLoop loop) {
    this.channels = channels;
    this.options = options;
    images = new ImageStates<>(channels, loop, () -> new CbamImage(channels, options));
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public List<Parameter> parameters() {
    int s = options.spatialKernel();
    List<Parameter> parameters =
        new ArrayList<>(Perceptron.parameters(channels, options.reduction()));
    parameters.add(
        new Parameter("spatial.weight", List.of(1, 2, s, s), new InitialValues.Uniform(2 * s * s)));
    parameters.add(new Parameter("bn.weight", List.of(1), InitialValues.ONE));
    parameters.add(new Parameter("bn.bias", List.of(1), InitialValues.ZERO));
    return List.copyOf(parameters);
  }

  @Override
  public List<Parameter> statistics() {
    return List.of(
        new Parameter("bn.running_mean", List.of(1), InitialValues.ZERO),
        new Parameter("bn.running_var", List.of(1), InitialValues.ONE));
  }

  @Override
  public long multiplyAdds(int height, int width) {
    long positions = (long) height * width;
    return Perceptron.multiplyAdds(channels, options.reduction(), 2)
        + positions * 2 * options.spatialKernel() * options.spatialKernel()
        + 2L * channels * positions;
  }

  @Override
  public void forward(
      FeatureMaps x,
      FeatureMaps residual,
      FeatureMaps y,
      float[][] parameters,
      float[][] statistics,
      boolean training) {
    images.prepare(x, residual, y);
    this.training = training;
    images.forEach(
        (n, image) -> {
          image.resize(x.height, x.width);
          image.pool(n, x, parameters);
        });
    double mean;
    double variance;
    if (training) {
      mean = sum(image -> sum(image.z)) / count();
      double squares = sum(image -> sumOfSquares(image.z, mean));
      variance = squares / count();
      moveTowards(statistics[0], mean);
      moveTowards(statistics[1], squares / Math.max(1, count() - 1));
    } else {
      mean = statistics[0][0];
      variance = statistics[1][0];
    }
    inverseDeviation = 1 / Math.sqrt(variance + EPSILON);
    images.forEach(
        (n, image) -> {
          for (int p = 0; p < image.z.length; p++) {
            image.normal[p] = (image.z[p] - mean) * inverseDeviation;
          }
          image.gate(n, x, residual, y, parameters[5][0], parameters[6][0]);
        });
  }

  @Override
  public void backward(
      FeatureMaps x, FeatureMaps dy, FeatureMaps dx, float[][] parameters, float[][] gradients) {
    images.require(x, dy, dx);
    images.forEach((n, image) -> image.collect(n, x, dy));
    double gradient = sum(image -> sum(image.normalGradient));
    double product = sum(image -> sumOfProducts(image.normalGradient, image.normal));
    gradients[5][0] += (float) product;
    gradients[6][0] += (float) gradient;

    double scale = parameters[5][0] * inverseDeviation;
    double meanOfGradient = training ? gradient / count() : 0;
    double slope = training ? product / count() : 0;
    images.forEach(
        (n, image) -> image.spread(n, x, dy, dx, parameters, scale, meanOfGradient, slope));
    Perceptron.addGradients(images, image -> image.perceptron, gradients);
    images.addSums(CbamImage::kernelGradient, gradients[4]);
  }

  private static void moveTowards(float[] running, double value) {
    running[0] += (float) (MOMENTUM * (value - running[0]));
  }

  private double count() {
    return (double) images.count() * images.positions();
  }

  /** Returns the sum over the images, added in their order. */
  private double sum(ToDoubleFunction<CbamImage> part) {
    double sum = 0;
    for (int n = 0; n < images.count(); n++) {
      sum += part.applyAsDouble(images.get(n));
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double sumOfSquares(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  private static double sumOfProducts(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
