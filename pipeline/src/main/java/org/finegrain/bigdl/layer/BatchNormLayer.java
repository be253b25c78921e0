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
 * Batch norm over (N,C,H,W) for MKL-BLAS, where BigDL's own sums a channel's values in one float,
 * which loses digits as the maps grow, and gives wrong gradients in evaluation mode.
 *
 * <pre>
 *   x̂  = (x − mean) / sqrt(variance + ε)      of the batch and its biased variance; or the stored ones
 *   y  = weight·x̂ + bias
 *   dx = weight / sqrt(variance + ε) · (dy − mean(dy) − x̂·mean(dy·x̂))     with the stored ones without the two means
 * </pre>
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
    Maps x = new Maps(input);
    Maps y = new Maps(output);
    ParallelLoop.shared().forEach(channels, channel -> forward(channel, x, y));
    return output;
  }

  private void forward(int channel, Maps x, Maps y) {
    if (usesBatch()) {
      double mean = x.sum(channel) / x.count();
      double squares = x.sumOfSquares(channel, mean);
      means[channel] = mean;
      inverseDeviations[channel] = 1 / Math.sqrt(squares / x.count() + Layer.BatchNorm.EPSILON);
      double unbiased = squares / Math.max(1, x.count() - 1);
      move(runningMean, channel, mean);
      move(runningVariance, channel, unbiased);
    } else {
      means[channel] = value(runningMean, channel);
      inverseDeviations[channel] =
          1 / Math.sqrt(value(runningVariance, channel) + Layer.BatchNorm.EPSILON);
    }
    double scale = inverseDeviations[channel] * value(weight, channel);
    double mean = means[channel];
    double shift = value(bias, channel);
    for (int image = 0; image < x.images; image++) {
      int from = x.at(image, channel);
      int to = y.at(image, channel);
      for (int p = 0; p < x.positions; p++) {
        y.values[to + p] = (float) ((x.values[from + p] - mean) * scale + shift);
      }
    }
  }

  /** Also adds the gradients of weight and bias. */
  @Override
  public Tensor<Object> updateGradInput(Tensor<Object> input, Tensor<Object> gradOutput) {
    Tensor<Object> gradInput = BigDl.cast(gradInput());
    gradInput.resizeAs(input);
    Maps x = new Maps(input);
    Maps dy = new Maps(gradOutput);
    Maps dx = new Maps(gradInput);
    ParallelLoop.shared().forEach(channels, channel -> backward(channel, x, dy, dx));
    return gradInput;
  }

  private void backward(int channel, Maps x, Maps dy, Maps dx) {
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
      int from = x.at(image, channel);
      int gradient = dy.at(image, channel);
      int to = dx.at(image, channel);
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

  /** Empty: {@link #updateGradInput} has added them. */
  @Override
  public void accGradParameters(Tensor<Object> input, Tensor<Object> gradOutput) {}

  /** Its statistics; else the stored ones. */
  private boolean usesBatch() {
    return isTraining() && !stored;
  }

  private static float value(Tensor<Object> vector, int index) {
    return BigDl.array(vector)[BigDl.offset(vector) + index];
  }

  private static void add(Tensor<Object> vector, int index, double value) {
    BigDl.array(vector)[BigDl.offset(vector) + index] += (float) value;
  }

  private static void move(Tensor<Object> running, int index, double value) {
    double old = value(running, index);
    BigDl.array(running)[BigDl.offset(running) + index] =
        (float) (old + Layer.BatchNorm.MOMENTUM * (value - old));
  }

  /** Feature maps, and sums over one channel of all images. */
  private static final class Maps {
    private final float[] values;
    private final int offset;
    private final int images;
    private final int channels;
    private final int positions;

    Maps(Tensor<Object> tensor) {
      values = BigDl.array(tensor);
      offset = BigDl.offset(tensor);
      images = tensor.size(1);
      channels = tensor.size(2);
      positions = tensor.size(3) * tensor.size(4);
    }

    int count() {
      return images * positions;
    }

    int at(int image, int channel) {
      return offset + (image * channels + channel) * positions;
    }

    double sum(int channel) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = at(image, channel);
        for (int p = 0; p < positions; p++) {
          sum += values[from + p];
        }
      }
      return sum;
    }

    double sumOfSquares(int channel, double mean) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = at(image, channel);
        for (int p = 0; p < positions; p++) {
          double difference = values[from + p] - mean;
          sum += difference * difference;
        }
      }
      return sum;
    }

    double sumOfProducts(int channel, Maps other, double otherMean) {
      double sum = 0;
      for (int image = 0; image < images; image++) {
        int from = at(image, channel);
        int otherFrom = other.at(image, channel);
        for (int p = 0; p < positions; p++) {
          sum += values[from + p] * (other.values[otherFrom + p] - otherMean);
        }
      }
      return sum;
    }
  }
}
