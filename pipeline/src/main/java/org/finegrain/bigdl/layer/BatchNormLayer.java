package org.finegrain.bigdl.layer;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.TensorModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Shape;
import java.util.Arrays;
import java.util.List;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.parallel.ParallelLoop;
import scala.Tuple2;

/**
 * Batch norm over (N,C,H,W) for MKL-BLAS. BigDL's own layer sums a channel's values in one float,
 * which loses digits on large feature maps, and it gives wrong gradients in evaluation mode.
 *
 * <pre>
 *   x̂  = (x − mean) / sqrt(variance + ε)
 *   y  = weight·x̂ + bias
 *   dx = weight / sqrt(variance + ε) · (dy − mean(dy) − x̂·mean(dy·x̂))
 * </pre>
 *
 * In training, mean and variance are those of the batch, and the variance is biased. In evaluation
 * mode, and in training with stored statistics, they are the running estimates. They do not depend
 * on x then, so {@code dx = weight / sqrt(variance + ε) · dy}.
 *
 * <p>Source: Ioffe and Szegedy, arXiv 1502.03167. The running estimates follow PyTorch: their
 * variance is unbiased.
 */
public final class BatchNormLayer extends TensorModule<Object> {
  private final int channels;
  private final boolean stored;
  private final Tensor<Object> weight;
  private final Tensor<Object> bias;
  private final Tensor<Object> weightGradient;
  private final Tensor<Object> biasGradient;
  private final Tensor<Object> runningMean;
  private final Tensor<Object> runningVariance;

  private transient double[] means;
  private transient double[] inverseDeviations;

  /** Creates the layer with weight 1 and bias 0, and running estimates of mean 0 and variance 1. */
  public BatchNormLayer(Layer.BatchNorm layer) {
    super(BigDl.FLOAT, BigDl.NUMERIC);
    channels = layer.channels();
    stored = layer.stored();
    weight = ones(channels);
    bias = BigDl.zeros(channels);
    weightGradient = BigDl.zeros(channels);
    biasGradient = BigDl.zeros(channels);
    runningMean = BigDl.zeros(channels);
    runningVariance = ones(channels);
  }

  private static Tensor<Object> ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return BigDl.tensor(ones, count);
  }

  @Override
  public Shape computeOutputShape(Shape input) {
    return input;
  }

  @Override
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return new Tuple2<>(
        BigDl.arrayOf(List.of(weight, bias)), BigDl.arrayOf(List.of(weightGradient, biasGradient)));
  }

  @Override
  public Tensor<Object>[] getExtraParameter() {
    return BigDl.arrayOf(List.of(runningMean, runningVariance));
  }

  @Override
  public Tensor<Object> updateOutput(Tensor<Object> input) {
    Tensor<Object> output = BigDl.cast(output());
    output.resizeAs(input);
    if (means == null) {
      means = new double[channels];
      inverseDeviations = new double[channels];
    }
    ChannelMaps x = new ChannelMaps(input);
    ChannelMaps y = new ChannelMaps(output);
    ParallelLoop.shared().forEach(channels, channel -> forward(channel, x, y));
    return output;
  }

  private void forward(int channel, ChannelMaps x, ChannelMaps y) {
    if (usesBatch()) {
      double mean = x.sum(channel) / x.count();
      double squares = x.sumOfSquares(channel, mean);
      means[channel] = mean;
      inverseDeviations[channel] = 1 / Math.sqrt(squares / x.count() + Layer.BatchNorm.EPSILON);
      double unbiased = squares / Math.max(1, x.count() - 1);
      updateRunning(runningMean, channel, mean);
      updateRunning(runningVariance, channel, unbiased);
    } else {
      means[channel] = value(runningMean, channel);
      inverseDeviations[channel] =
          1 / Math.sqrt(value(runningVariance, channel) + Layer.BatchNorm.EPSILON);
    }
    double scale = inverseDeviations[channel] * value(weight, channel);
    double mean = means[channel];
    double shift = value(bias, channel);
    for (int image = 0; image < x.images; image++) {
      int from = x.start(image, channel);
      int to = y.start(image, channel);
      for (int p = 0; p < x.positions; p++) {
        y.values[to + p] = (float) ((x.values[from + p] - mean) * scale + shift);
      }
    }
  }

  /** Computes dx, and adds the gradients of weight and bias. */
  @Override
  public Tensor<Object> updateGradInput(Tensor<Object> input, Tensor<Object> gradOutput) {
    Tensor<Object> gradInput = BigDl.cast(gradInput());
    gradInput.resizeAs(input);
    ChannelMaps x = new ChannelMaps(input);
    ChannelMaps dy = new ChannelMaps(gradOutput);
    ChannelMaps dx = new ChannelMaps(gradInput);
    ParallelLoop.shared().forEach(channels, channel -> backward(channel, x, dy, dx));
    return gradInput;
  }

  private void backward(int channel, ChannelMaps x, ChannelMaps dy, ChannelMaps dx) {
    double mean = means[channel];
    double inverseDeviation = inverseDeviations[channel];
    double sum = dy.sum(channel);
    double product = dy.sumOfProducts(channel, x, mean) * inverseDeviation;
    add(weightGradient, channel, product);
    add(biasGradient, channel, sum);

    double scale = value(weight, channel) * inverseDeviation;
    double meanOfGradient = usesBatch() ? sum / x.count() : 0;
    double slope = usesBatch() ? product / x.count() * inverseDeviation : 0;
    for (int image = 0; image < x.images; image++) {
      int from = x.start(image, channel);
      int gradient = dy.start(image, channel);
      int to = dx.start(image, channel);
      for (int p = 0; p < x.positions; p++) {
        dx.values[to + p] =
            (float)
                (scale
                    * (dy.values[gradient + p]
                        - meanOfGradient
                        - (x.values[from + p] - mean) * slope));
      }
    }
  }

  /** Does nothing: {@link #updateGradInput} has added the gradients of weight and bias. */
  @Override
  public void accGradParameters(Tensor<Object> input, Tensor<Object> gradOutput) {}

  /** Returns whether to normalise by the statistics of the batch rather than by the stored ones. */
  private boolean usesBatch() {
    return isTraining() && !stored;
  }

  private static float value(Tensor<Object> vector, int index) {
    return BigDl.array(vector)[BigDl.offset(vector) + index];
  }

  private static void add(Tensor<Object> vector, int index, double value) {
    BigDl.array(vector)[BigDl.offset(vector) + index] += (float) value;
  }

  private static void updateRunning(Tensor<Object> running, int index, double value) {
    double old = value(running, index);
    BigDl.array(running)[BigDl.offset(running) + index] =
        (float) (old + Layer.BatchNorm.MOMENTUM * (value - old));
  }

  /** Feature maps (N,C,H,W), with sums over one channel of all images. */
  private static final class ChannelMaps {
    private final float[] values;
    private final int offset;
    private final int images;
    private final int channels;
    private final int positions;

    ChannelMaps(Tensor<Object> tensor) {
      values = BigDl.array(tensor);
      offset = BigDl.offset(tensor);
      images = tensor.size(1);
      channels = tensor.size(2);
      positions = tensor.size(3) * tensor.size(4);
    }

    /** Returns the number of values in one channel of all images. */
    int count() {
      return images * positions;
    }

    /** Returns the index of the channel's first value in the image. */
    int start(int image, int channel) {
      return offset + (image * channels + channel) * positions;
    }

    double sum(int channel) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = start(image, channel);
        for (int p = 0; p < positions; p++) {
          sum += values[from + p];
        }
      }
      return sum;
    }

    /** Returns the sum of (value − mean)². */
    double sumOfSquares(int channel, double mean) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = start(image, channel);
        for (int p = 0; p < positions; p++) {
          double difference = values[from + p] - mean;
          sum += difference * difference;
        }
      }
      return sum;
    }

    /** Returns the sum of value · (other value − mean of the other). */
    double sumOfProducts(int channel, ChannelMaps other, double otherMean) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = start(image, channel);
        int otherFrom = other.start(image, channel);
        for (int p = 0; p < positions; p++) {
          sum += values[from + p] * (other.values[otherFrom + p] - otherMean);
        }
      }
      return sum;
    }
  }
}
