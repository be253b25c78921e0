package org.finegrain.attention;

import org.finegrain.attention.AamOptions.Branches;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;

/** Aggregate attention from its formulas, in double, one plain loop for each sum. */
final class PlainAam {
  private final AamOptions options;
  private final int batch;
  private final int channels;
  private final int height;
  private final int width;

  final double[] x;
  final double[][] parameters;

  PlainAam(
      AamOptions options,
      int batch,
      int channels,
      int height,
      int width,
      double[] x,
      double[][] parameters) {
    this.options = options;
    this.batch = batch;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.x = x;
    this.parameters = parameters;
  }

  /** Σ upstream · y, whose gradients are those of a backward pass given {@code upstream}. */
  double loss(float[] upstream) {
    double[] y = forward();
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += upstream[i] * y[i];
    }
    return loss;
  }

  double[] forward() {
    double[] y = new double[x.length];
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < height; i++) {
          for (int j = 0; j < width; j++) {
            y[at(n, c, i, j)] = x[at(n, c, i, j)] * gate(n, c, i, j);
          }
        }
      }
    }
    return y;
  }

  private double gate(int n, int c, int i, int j) {
    return switch (options.branches()) {
      case CHANNEL -> channelMap(n, c);
      case SPATIAL -> spatialMap(n, i, j);
      case BOTH ->
          options.combine() == Combine.PRODUCT
              ? channelMap(n, c) * spatialMap(n, i, j)
              : channelMap(n, c) + spatialMap(n, i, j);
    };
  }

  private double channelMap(int n, int c) {
    double z = options.bias() ? parameters[1][0] : 0;
    for (int j = 0; j < options.k(); j++) {
      int neighbour = c + j - (options.k() - 1) / 2;
      if (neighbour >= 0 && neighbour < channels) {
        z += parameters[0][j] * channelMax(n, neighbour);
      }
    }
    return 1 / (1 + Math.exp(-z));
  }

  private double spatialMap(int n, int i, int j) {
    int first = options.branches() == Branches.SPATIAL ? 0 : options.bias() ? 2 : 1;
    double[] weight = parameters[first];
    int s = options.spatialKernel();
    double z = options.bias() ? parameters[first + 1][0] : 0;
    for (int u = 0; u < s; u++) {
      for (int v = 0; v < s; v++) {
        int row = i + u - (s - 1) / 2;
        int column = j + v - (s - 1) / 2;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          double mean = mean(n, row, column);
          double max = max(n, row, column);
          z +=
              options.merge() == Merge.CONCAT
                  ? weight[u * s + v] * mean + weight[(s + u) * s + v] * max
                  : weight[u * s + v] * (mean + max);
        }
      }
    }
    return 1 / (1 + Math.exp(-z));
  }

  private double channelMax(int n, int c) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        max = Math.max(max, x[at(n, c, i, j)]);
      }
    }
    return max;
  }

  private double mean(int n, int i, int j) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += x[at(n, c, i, j)];
    }
    return sum / channels;
  }

  private double max(int n, int i, int j) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < channels; c++) {
      max = Math.max(max, x[at(n, c, i, j)]);
    }
    return max;
  }

  private int at(int n, int c, int i, int j) {
    return ((n * channels + c) * height + i) * width + j;
  }
}
