package org.finegrain.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.finegrain.attention.AttentionKernel.Parameter;
import org.finegrain.attention.InitialValues.Uniform;

/**
 * Two linear layers that turn descriptors of one image's channels into attention weights. Every
 * descriptor passes the same layers, and the results are added.
 *
 * <pre>
 *   h_q     = relu(W1 d_q + b1)                       q: the descriptors, such as mean and maximum
 *   gate    = sigmoid(Σ_q (W2 h_q + b2))
 *   dh      = W2ᵀ dz          dW2 = dz (Σ_q h_q)ᵀ     db2 = Q dz
 *   dd_q    = W1ᵀ da_q        dW1 = Σ_q da_q d_qᵀ     db1 = Σ_q da_q,    a_q: before relu, whose gradient at 0 is 0
 * </pre>
 *
 * Shapes: d, z, gate (C); h (R), R = max(1, ⌊C/r⌋); W1 (R,C), W2 (C,R). Sums are in double, as in
 * {@link ChannelGate}.
 */
final class Perceptron {
  private final int channels;
  private final int hidden;
  private final int descriptors;
  private final double[] hiddenSum;
  private final double[] s;
  private final double[] dz;
  private final double[] dh;
  private final double[][] a;
  private final double[][] da;

  private float[][] inputs;

  /** ∂L/∂d of each descriptor. */
  final double[][] descriptorGradient;

  Perceptron(int channels, int reduction, int descriptors) {
    this.channels = channels;
    this.descriptors = descriptors;
    hidden = hidden(channels, reduction);
    hiddenSum = new double[hidden];
    s = new double[channels];
    dz = new double[channels];
    dh = new double[hidden];
    a = new double[descriptors][hidden];
    da = new double[descriptors][hidden];
    descriptorGradient = new double[descriptors][channels];
  }

  static void checkReduction(int reduction) {
    if (reduction < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid reduction: %d (must be at least 1)", reduction));
    }
  }

  private static int hidden(int channels, int reduction) {
    return Math.max(1, channels / reduction);
  }

  /** Returns W1, b1, W2 and b2. */
  static List<Parameter> parameters(int channels, int reduction) {
    int hidden = hidden(channels, reduction);
    return List.of(
        new Parameter("fc1.weight", List.of(hidden, channels), new Uniform(channels)),
        new Parameter("fc1.bias", List.of(hidden), new Uniform(channels)),
        new Parameter("fc2.weight", List.of(channels, hidden), new Uniform(hidden)),
        new Parameter("fc2.bias", List.of(channels), new Uniform(hidden)));
  }

  static long multiplyAdds(int channels, int reduction, int descriptors) {
    return 2L * descriptors * channels * hidden(channels, reduction);
  }

  /**
   * Writes {@code gate}.
   *
   * @param inputs the descriptors; they must not change until the backward pass
   */
  void forward(float[][] parameters, float[] gate, float[]... inputs) {
    this.inputs = inputs;
    Arrays.fill(hiddenSum, 0);
    for (int q = 0; q < descriptors; q++) {
      for (int r = 0; r < hidden; r++) {
        a[q][r] = parameters[1][r] + dot(parameters[0], r * channels, inputs[q], channels);
        hiddenSum[r] += Math.max(a[q][r], 0);
      }
    }
    for (int c = 0; c < channels; c++) {
      double z = descriptors * (double) parameters[3][c];
      for (int r = 0; r < hidden; r++) {
        z += parameters[2][c * hidden + r] * hiddenSum[r];
      }
      s[c] = Sigmoid.of(z);
      gate[c] = (float) s[c];
    }
  }

  /** Writes the gradients of the descriptors, given ∂L/∂gate. */
  void backward(double[] gateGradient, float[][] parameters) {
    Arrays.fill(dh, 0);
    for (int c = 0; c < channels; c++) {
      dz[c] = Sigmoid.gradient(s[c], gateGradient[c]);
      for (int r = 0; r < hidden; r++) {
        dh[r] += parameters[2][c * hidden + r] * dz[c];
      }
    }
    for (int q = 0; q < descriptors; q++) {
      double[] gradient = descriptorGradient[q];
      Arrays.fill(gradient, 0);
      for (int r = 0; r < hidden; r++) {
        da[q][r] = a[q][r] > 0 ? dh[r] : 0;
        if (da[q][r] != 0) {
          for (int c = 0; c < channels; c++) {
            gradient[c] += parameters[0][r * channels + c] * da[q][r];
          }
        }
      }
    }
  }

  /**
   * Adds the gradients of the parameters over all images. They are too large to be kept for each
   * image, so each thread takes some units of a layer and goes through the images in their order.
   */
  static <S> void addGradients(
      ImageStates<S> images, Function<S, Perceptron> part, float[][] gradients) {
    Perceptron first = part.apply(images.get(0));
    images
        .loop()
        .forEach(
            first.hidden,
            r -> {
              for (int n = 0; n < images.count(); n++) {
                part.apply(images.get(n)).addFirst(r, gradients[0], gradients[1]);
              }
            });
    images
        .loop()
        .forEach(
            first.channels,
            c -> {
              for (int n = 0; n < images.count(); n++) {
                part.apply(images.get(n)).addSecond(c, gradients[2], gradients[3]);
              }
            });
  }

  private void addFirst(int r, float[] weight, float[] bias) {
    for (int q = 0; q < descriptors; q++) {
      double gradient = da[q][r];
      if (gradient != 0) {
        bias[r] += (float) gradient;
        for (int c = 0; c < channels; c++) {
          weight[r * channels + c] += (float) (gradient * inputs[q][c]);
        }
      }
    }
  }

  private void addSecond(int c, float[] weight, float[] bias) {
    bias[c] += (float) (descriptors * dz[c]);
    for (int r = 0; r < hidden; r++) {
      weight[c * hidden + r] += (float) (dz[c] * hiddenSum[r]);
    }
  }

  /**
   * Returns the dot product. Four partial sums run side by side, so that the processor need not
   * wait for one addition to end before the next begins.
   */
  private static double dot(float[] row, int from, float[] vector, int size) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < size; i += 4) {
      s0 += (double) row[from + i] * vector[i];
      s1 += (double) row[from + i + 1] * vector[i + 1];
      s2 += (double) row[from + i + 2] * vector[i + 2];
      s3 += (double) row[from + i + 3] * vector[i + 3];
    }
    for (; i < size; i++) {
      s0 += (double) row[from + i] * vector[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
