package org.finegrain.attention;

/** An attention module computed from its formulas in double, with one plain loop for each sum. */
abstract class PlainMaps {
  final int batch;
  final int channels;
  final int height;
  final int width;
  final double[] x;
  final double[][] parameters;

  PlainMaps(AttentionPass pass, double[] x, double[][] parameters) {
    batch = pass.images;
    channels = pass.channels;
    height = pass.height;
    width = pass.width;
    this.x = x;
    this.parameters = parameters;
  }

  abstract double[] forward();

  /** Returns Σ upstream · y. Its gradients are those of a backward pass given {@code upstream}. */
  final double loss(float[] upstream) {
    double[] y = forward();
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += upstream[i] * y[i];
    }
    return loss;
  }

  final double channelMax(double[] f, int n, int c) {
    double max = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < height * width; p++) {
      max = Math.max(max, f[at(n, c, 0, 0) + p]);
    }
    return max;
  }

  final double channelMean(double[] f, int n, int c) {
    double sum = 0;
    for (int p = 0; p < height * width; p++) {
      sum += f[at(n, c, 0, 0) + p];
    }
    return sum / (height * width);
  }

  final double max(double[] f, int n, int i, int j) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < channels; c++) {
      max = Math.max(max, f[at(n, c, i, j)]);
    }
    return max;
  }

  final double mean(double[] f, int n, int i, int j) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += f[at(n, c, i, j)];
    }
    return sum / channels;
  }

  /** Returns the sum of {@code weight} times the k neighbours around channel {@code c}. */
  static double neighbours(double[] descriptor, double[] weight, int c) {
    double z = 0;
    for (int j = 0; j < weight.length; j++) {
      int neighbour = c + j - (weight.length - 1) / 2;
      if (neighbour >= 0 && neighbour < descriptor.length) {
        z += weight[j] * descriptor[neighbour];
      }
    }
    return z;
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  final int at(int n, int c, int i, int j) {
    return ((n * channels + c) * height + i) * width + j;
  }
}
