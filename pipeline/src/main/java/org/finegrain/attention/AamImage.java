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
  private float[] row;
  private float[] upstream;
  private float[] ones;
  private float[] spatialGradient;
  private float[] meanGradient;
  private float[] peakGradient;
  private final float[] channelGradient;
  private final int[] descriptorPosition;

  AamImage(int channels, AamOptions options) {
    this.channels = channels;
    this.options = options;
    product = options.combine() == Combine.PRODUCT;
    channelGate = new ChannelGate(channels, options.k());
    spatialGate = new SpatialGate(options.merge() == Merge.CONCAT ? 2 : 1, options.spatialKernel());
    channelGradient = new float[channels];
    descriptorPosition = new int[channels];
  }

  void resize(int height, int width) {
    spatialGate.resize(height, width);
    if (positions != height * width) {
      positions = height * width;
      mean = new float[positions];
      peak = new float[positions];
      peakChannel = new int[positions];
      row = new float[positions];
      upstream = new float[positions];
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
      System.arraycopy(x, from + c * positions, row, 0, positions);
      gate(channelGate.gate[c]);
      System.arraycopy(row, 0, y, to + c * positions, positions);
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
      System.arraycopy(dy, dyFrom + c * positions, row, 0, positions);
      gate(channelGate.gate[c]);
      Rows.add(row, meanGradient, positions);
      row[descriptorPosition[c]] += (float) channelGate.descriptorGradient[c];
      System.arraycopy(row, 0, dx, to + c * positions, positions);
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
      System.arraycopy(x, from + c * positions, row, 0, positions);
      Rows.pool(row, share, mean, peak, positions);
      channelGate.descriptor[c] = Rows.max(row, positions);
    }
  }

  /** Multiplies the row by a channel's gate; the gradient of a gated row is the same product. */
  private void gate(float channelWeight) {
    if (product) {
      Rows.multiply(row, channelWeight, spatialGate.gate, positions);
    } else {
      Rows.multiplySum(row, channelWeight, spatialGate.gate, positions);
    }
  }

  /**
   * ∂L/∂Mc = Σ over positions of dy·x·Ms and ∂L/∂Ms = Σ over channels of dy·x·Mc; where the maps
   * are added, dy·x alone. Finds the maxima, too; the channels are visited from the last to the
   * first, so that the first of equal ones remains.
   */
  private void collectGateGradients(float[] x, int from, float[] dy, int dyFrom) {
    float[] spatialWeight = product ? spatialGate.gate : ones;
    Arrays.fill(spatialGradient, 0);
    Arrays.fill(peakChannel, 0);
    for (int c = channels - 1; c >= 0; c--) {
      System.arraycopy(x, from + c * positions, row, 0, positions);
      System.arraycopy(dy, dyFrom + c * positions, upstream, 0, positions);
      float channelWeight = product ? channelGate.gate[c] : 1;
      Rows.gateGradients(upstream, row, channelWeight, spatialGradient, spatialWeight, positions);
      channelGradient[c] = Rows.sum(upstream, positions);
      descriptorPosition[c] = Rows.find(channelGate.descriptor[c], row, positions);
      Rows.mark(row, peak, c, peakChannel, positions);
    }
  }
}
