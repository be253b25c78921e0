package org.finegrain.attention;

import java.util.Arrays;

/** Efficient channel attention from its formulas. */
final class PlainEca extends PlainMaps {
  PlainEca(AttentionPass pass, double[] x, double[][] parameters) {
    super(pass, x, parameters);
  }

  @Override
  double[] forward() {
    double[] y = x.clone();
    for (int n = 0; n < batch; n++) {
      int image = n;
      double[] descriptor = new double[channels];
      Arrays.setAll(descriptor, c -> channelMean(x, image, c));
      for (int c = 0; c < channels; c++) {
        double gate = sigmoid(neighbours(descriptor, parameters[0], c));
        for (int p = 0; p < height * width; p++) {
          y[at(n, c, 0, 0) + p] *= gate;
        }
      }
    }
    return y;
  }
}
