package org.finegrain.attention;

import java.util.Arrays;
import org.finegrain.attention.AamOptions.Branches;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;

/** Aggregate attention from its formulas. */
final class PlainAam extends PlainMaps {
  private final AamOptions options;

  PlainAam(AttentionPass pass, AamOptions options, double[] x, double[][] parameters) {
    super(pass, x, parameters);
    this.options = options;
  }

  @Override
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
    double[] descriptor = new double[channels];
    Arrays.setAll(descriptor, channel -> channelMax(x, n, channel));
    double bias = options.bias() ? parameters[1][0] : 0;
    return sigmoid(bias + neighbours(descriptor, parameters[0], c));
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
          double mean = mean(x, n, row, column);
          double max = max(x, n, row, column);
          z +=
              options.merge() == Merge.CONCAT
                  ? weight[u * s + v] * mean + weight[(s + u) * s + v] * max
                  : weight[u * s + v] * (mean + max);
        }
      }
    }
    return sigmoid(z);
  }
}
