package org.finegrain.image;

/**
 * The weights of a bilinear resize along one axis, with half-pixel centres: {@code out[i] = Σ_j
 * weights[i,j] · in[first[i] + j]}.
 *
 * <pre>
 *   scale = inputs / outputs
 *   antialiased   centre = (i + 0.5) · scale,  support = max(scale, 1)
 *                 weight of input n = max(0, 1 − |n + 0.5 − centre| / support), normalised to sum 1
 *   plain         position = max(0, (i + 0.5) · scale − 0.5), between its two neighbours
 * </pre>
 *
 * Source: Pillow's and torchvision's bilinear resize.
 *
 * @param first for each output, the index of the first input that counts
 * @param count for each output, the number of inputs that count
 * @param weights (outputs, {@code width}), with zeros behind the last weight of an output
 * @param width the largest number of inputs that count for an output
 */
record BilinearWeights(int[] first, int[] count, float[] weights, int width) {
  /**
   * Returns the weights of the outputs {@code from} to {@code from + length − 1} out of {@code
   * outputs}.
   */
  static BilinearWeights of(int inputs, int outputs, int from, int length, Resampling resampling) {
    double scale = (double) inputs / outputs;
    double support = resampling == Resampling.ANTIALIASED ? Math.max(scale, 1) : 1;
    int width = 2 * (int) Math.ceil(support) + 1;
    BilinearWeights weights =
        new BilinearWeights(new int[length], new int[length], new float[length * width], width);
    for (int i = 0; i < length; i++) {
      double centre = (from + i + 0.5) * scale;
      if (resampling == Resampling.ANTIALIASED) {
        weights.fillTriangle(i, centre, support, inputs);
      } else {
        weights.fillNeighbours(i, Math.max(0, centre - 0.5), inputs);
      }
    }
    return weights;
  }

  private void fillTriangle(int i, double centre, double support, int inputs) {
    int low = Math.max(0, (int) (centre - support + 0.5));
    int high = Math.min(inputs, (int) (centre + support + 0.5));
    double sum = 0;
    for (int n = low; n < high; n++) {
      sum += triangle(n, centre, support);
    }
    first[i] = low;
    count[i] = high - low;
    for (int n = low; n < high; n++) {
      weights[i * width + n - low] = (float) (triangle(n, centre, support) / sum);
    }
  }

  private static double triangle(int n, double centre, double support) {
    return Math.max(0, 1 - Math.abs((n + 0.5 - centre) / support));
  }

  private void fillNeighbours(int i, double position, int inputs) {
    int low = Math.min((int) position, inputs - 1);
    first[i] = low;
    if (low + 1 < inputs) {
      count[i] = 2;
      weights[i * width] = (float) (1 - (position - low));
      weights[i * width + 1] = (float) (position - low);
    } else { // both neighbours are the edge
      count[i] = 1;
      weights[i * width] = 1;
    }
  }
}
