package org.finegrain.attention;

import java.util.Arrays;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;

/**
 * Aggregate attention over one image: its passes over the feature map, and what the backward pass
 * needs from the forward pass. A row is the contiguous positions of one channel.
 *
 * <p>Four passes in all: forward pools (reads x) and gates (reads x, writes y); backward collects
 * the gradients of both gates (reads x and dy) and writes dx (reads dy). A pass runs over the
 * channels in the opposite order of the one before it, so that it starts with what is still in the
 * cache.
 */
final class AamImage {
  private final int channels;
  private final AamOptions options;
  private final boolean product;

  final ChannelGate channelGate;
  final SpatialGate spatialGate;

  private int positions = -1;
  private float[] mean;
  private float[] peak;
  private int[] peakChannel;
  private float[] ones;
  private float[] spatialGradient;
  private float[] meanGradient;
  private float[] peakGradient;
  private final float[] channelGradient;

  AamImage(int channels, AamOptions options) {
    this.channels = channels;
    this.options = options;
    product = options.combine() == Combine.PRODUCT;
    channelGate = new ChannelGate(channels, options.k());
    spatialGate = new SpatialGate(options.merge() == Merge.CONCAT ? 2 : 1, options.spatialKernel());
    channelGradient = new float[channels];
  }

  void resize(int height, int width) {
    spatialGate.resize(height, width);
    if (positions != height * width) {
      positions = height * width;
      mean = new float[positions];
      peak = new float[positions];
      peakChannel = new int[positions];
      ones = new float[positions];
      Arrays.fill(ones, 1);
      spatialGradient = new float[positions];
      meanGradient = new float[positions];
      peakGradient = new float[positions];
    }
  }

  void forward(float[] x, int from, float[] y, int to, AamWeights weights) {
    pool(x, from);
    channelGate.forward(weights.channel(), weights.channelBias());
    spatialGate.set(0, mean);
    if (options.merge() == Merge.CONCAT) {
      spatialGate.set(1, peak);
    } else {
      spatialGate.add(0, peak);
    }
    spatialGate.forward(weights.spatial(), weights.spatialBias());
    for (int c = channels - 1; c >= 0; c--) {
      gate(x, from + c * positions, channelGate.gate[c], y, to + c * positions);
    }
  }

  void backward(
      float[] x, int from, float[] dy, int dyFrom, float[] dx, int to, AamWeights weights) {
    collectGateGradients(x, from, dy, dyFrom);
    channelGate.backward(channelGradient, weights.channel());
    spatialGate.backward(spatialGradient, weights.spatial());
    spatialGate.planeGradient(0, 1.0 / channels, meanGradient);
    spatialGate.planeGradient(options.merge() == Merge.CONCAT ? 1 : 0, 1, peakGradient);
    for (int c = 0; c < channels; c++) {
      int row = c * positions;
      gateGradient(dy, dyFrom + row, channelGate.gate[c], dx, to + row);
      int peakPosition = find(channelGate.descriptor[c], x, from + row);
      dx[to + row + peakPosition] += (float) channelGate.descriptorGradient[c];
    }
    for (int p = 0; p < positions; p++) {
      dx[to + peakChannel[p] * positions + p] += peakGradient[p];
    }
  }

  /** Maximum of each channel; mean and maximum of each position. */
  private void pool(float[] x, int from) {
    // Scaled before it is added: the sum of large values would overflow.
    float share = 1f / channels;
    Arrays.fill(mean, 0);
    Arrays.fill(peak, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < channels; c++) {
      int row = from + c * positions;
      addRow(x, row, share);
      channelGate.descriptor[c] = max(x, row);
    }
  }

  private void addRow(float[] x, int row, float share) {
    for (int p = 0; p < positions; p++) {
      mean[p] += share * x[row + p];
      peak[p] = Math.max(peak[p], x[row + p]);
    }
  }

  private float max(float[] x, int row) {
    float max = x[row];
    for (int p = 1; p < positions; p++) {
      if (x[row + p] > max) {
        max = x[row + p];
      }
    }
    return max;
  }

  private void gate(float[] x, int row, float channelWeight, float[] y, int to) {
    float[] spatialWeight = spatialGate.gate;
    if (product) {
      for (int p = 0; p < positions; p++) {
        y[to + p] = x[row + p] * (channelWeight * spatialWeight[p]);
      }
    } else {
      for (int p = 0; p < positions; p++) {
        y[to + p] = x[row + p] * (channelWeight + spatialWeight[p]);
      }
    }
  }

  /**
   * ∂L/∂Mc = Σ over positions of dy·x·Ms and ∂L/∂Ms = Σ over channels of dy·x·Mc; where the maps
   * are added, dy·x alone. The channels are visited from the last to the first, so that the first
   * of equal maxima remains.
   */
  private void collectGateGradients(float[] x, int from, float[] dy, int dyFrom) {
    float[] spatialWeight = product ? spatialGate.gate : ones;
    Arrays.fill(spatialGradient, 0);
    Arrays.fill(peakChannel, 0);
    for (int c = channels - 1; c >= 0; c--) {
      int row = c * positions;
      float channelWeight = product ? channelGate.gate[c] : 1;
      float sum = 0;
      for (int p = 0; p < positions; p++) {
        float change = dy[dyFrom + row + p] * x[from + row + p];
        spatialGradient[p] += change * channelWeight;
        sum += change * spatialWeight[p];
        if (x[from + row + p] == peak[p]) {
          peakChannel[p] = c;
        }
      }
      channelGradient[c] = sum;
    }
  }

  private void gateGradient(float[] dy, int row, float channelWeight, float[] dx, int to) {
    float[] spatialWeight = spatialGate.gate;
    if (product) {
      for (int p = 0; p < positions; p++) {
        dx[to + p] = dy[row + p] * (channelWeight * spatialWeight[p]) + meanGradient[p];
      }
    } else {
      for (int p = 0; p < positions; p++) {
        dx[to + p] = dy[row + p] * (channelWeight + spatialWeight[p]) + meanGradient[p];
      }
    }
  }

  /** The first position of {@code value} in a row; 0 where there is none, which only a NaN does. */
  private int find(float value, float[] x, int row) {
    for (int p = 0; p < positions; p++) {
      if (x[row + p] == value) {
        return p;
      }
    }
    return 0;
  }
}
