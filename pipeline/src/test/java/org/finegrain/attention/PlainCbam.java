package org.finegrain.attention;

import java.util.Arrays;

/** CBAM from its formulas. Its channel part without maxima is SE. */
final class PlainCbam extends PlainMaps {
  private final boolean withPositions;
  private final boolean training;
  private final int spatialKernel;
  private final double[] running;

  static PlainCbam of(AttentionPass pass, CbamOptions options, double[] x, double[][] parameters) {
    return new PlainCbam(pass, x, parameters, true, options.spatialKernel());
  }

  static PlainCbam se(AttentionPass pass, double[] x, double[][] parameters) {
    return new PlainCbam(pass, x, parameters, false, 0);
  }

  private PlainCbam(
      AttentionPass pass,
      double[] x,
      double[][] parameters,
      boolean withPositions,
      int spatialKernel) {
    super(pass, x, parameters);
    this.withPositions = withPositions;
    this.spatialKernel = spatialKernel;
    training = pass.training;
    running = withPositions ? new double[] {pass.statistics[0][0], pass.statistics[1][0]} : null;
  }

  @Override
  double[] forward() {
    double[] f = x.clone();
    for (int n = 0; n < batch; n++) {
      double[] z = channelGates(n);
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < height * width; p++) {
          f[at(n, c, 0, 0) + p] *= sigmoid(z[c]);
        }
      }
    }
    if (withPositions) {
      gatePositions(f);
    }
    return f;
  }

  private double[] channelGates(int n) {
    double[] means = new double[channels];
    Arrays.setAll(means, c -> channelMean(x, n, c));
    double[] z = perceptron(means);
    if (withPositions) {
      double[] maxima = new double[channels];
      Arrays.setAll(maxima, c -> channelMax(x, n, c));
      double[] other = perceptron(maxima);
      Arrays.setAll(z, c -> z[c] + other[c]);
    }
    return z;
  }

  private double[] perceptron(double[] descriptor) {
    double[] z = parameters[3].clone();
    int hidden = parameters[1].length;
    for (int r = 0; r < hidden; r++) {
      double h = parameters[1][r];
      for (int c = 0; c < channels; c++) {
        h += parameters[0][r * channels + c] * descriptor[c];
      }
      for (int c = 0; c < channels; c++) {
        z[c] += parameters[2][c * hidden + r] * Math.max(h, 0);
      }
    }
    return z;
  }

  private void gatePositions(double[] f) {
    double[][] z = new double[batch][height * width];
    double sum = 0;
    for (int n = 0; n < batch; n++) {
      for (int p = 0; p < height * width; p++) {
        z[n][p] = convolution(f, n, p / width, p % width);
        sum += z[n][p];
      }
    }
    double mean = training ? sum / (batch * height * width) : running[0];
    double variance = training ? variance(z, mean) : running[1];
    for (int n = 0; n < batch; n++) {
      for (int p = 0; p < height * width; p++) {
        double normal = (z[n][p] - mean) / Math.sqrt(variance + 1e-5);
        for (int c = 0; c < channels; c++) {
          f[at(n, c, 0, 0) + p] *= sigmoid(parameters[5][0] * normal + parameters[6][0]);
        }
      }
    }
  }

  private static double variance(double[][] z, double mean) {
    return Arrays.stream(z)
        .flatMapToDouble(Arrays::stream)
        .map(v -> (v - mean) * (v - mean))
        .average()
        .orElseThrow();
  }

  private double convolution(double[] f, int n, int i, int j) {
    int s = spatialKernel;
    double z = 0;
    for (int u = 0; u < s; u++) {
      for (int v = 0; v < s; v++) {
        int row = i + u - (s - 1) / 2;
        int column = j + v - (s - 1) / 2;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          z += parameters[4][u * s + v] * max(f, n, row, column);
          z += parameters[4][(s + u) * s + v] * mean(f, n, row, column);
        }
      }
    }
    return z;
  }
}
