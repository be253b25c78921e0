package org.finegrain.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.AttentionOptions;

/** A layer of a network. Its parameters have PyTorch's names. */
public sealed interface Layer extends Serializable {

  /** Returns the learnable tensors in PyTorch's order, under their names within the layer. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * Returns the running estimates, which training keeps but does not learn, under their names
   * within the layer.
   */
  default List<Parameter> statistics() {
    return List.of();
  }

  /** Returns this layer, but with batch norms that use stored statistics in training too. */
  default Layer withStoredStatistics() {
    return this;
  }

  /** Returns the shape of the output if the first input has the shape {@code input}. */
  default FeatureMapShape output(FeatureMapShape input) {
    return input;
  }

  /**
   * Returns the number of multiply-adds for one image. Convolutions, linear layers and attention
   * count; normalisation, sums and comparisons do not.
   */
  default long multiplyAdds(FeatureMapShape input) {
    return 0;
  }

  /** The input of a network or of a part of one, such as images. */
  record Input(int channels) implements Layer {}

  /**
   * A convolution with a square kernel and without bias, since a batch norm follows it.
   *
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel, odd
   * @param stride distance between neighbouring outputs, in positions of the input
   * @param dilation distance between neighbouring taps of the kernel; 1 in an ordinary convolution
   */
  record Convolution(int in, int out, int kernel, int stride, int dilation) implements Layer {
    /**
     * Returns the number of zeros on each side. With it, the centre of the kernel meets every
     * position of the map.
     */
    public int padding() {
      return dilation * (kernel / 2);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("weight", List.of(out, in, kernel, kernel)));
    }

    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return input.window(out, dilation * (kernel - 1) + 1, stride, padding());
    }

    @Override
    public long multiplyAdds(FeatureMapShape input) {
      return output(input).size() * in * kernel * kernel;
    }
  }

  /** A 1x1 convolution without bias. Its only parameter is called {@code projection}. */
  record Projection(int in, int out) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("projection", List.of(out, in, 1, 1)));
    }

    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return new FeatureMapShape(out, input.height(), input.width());
    }

    @Override
    public long multiplyAdds(FeatureMapShape input) {
      return output(input).size() * in;
    }
  }

  /**
   * A batch norm over batch and positions. The running estimates become {@code 0.9·running +
   * 0.1·batch}, with the unbiased variance.
   *
   * @param initialWeight the weight of every channel before training
   * @param stored whether training too normalises with the running estimates, which then do not
   *     change
   */
  record BatchNorm(int channels, float initialWeight, boolean stored) implements Layer {
    /** The number that is added to the variance. */
    public static final double EPSILON = 1e-5;

    /** The share of a new value in the running estimates. */
    public static final double MOMENTUM = 0.1;

    /** Creates a batch norm that starts with weight 1. */
    public BatchNorm(int channels) {
      this(channels, 1);
    }

    /** Creates a batch norm that uses the statistics of the batch in training. */
    public BatchNorm(int channels, float initialWeight) {
      this(channels, initialWeight, false);
    }

    @Override
    public Layer withStoredStatistics() {
      return new BatchNorm(channels, initialWeight, true);
    }

    @Override
    public List<Parameter> parameters() {
      return vectors("weight", "bias");
    }

    @Override
    public List<Parameter> statistics() {
      return vectors("running_mean", "running_var");
    }

    private List<Parameter> vectors(String... names) {
      return Stream.of(names).map(name -> new Parameter(name, List.of(channels))).toList();
    }
  }

  /** The rectified linear unit, {@code max(x, 0)}. */
  record Relu() implements Layer {}

  /** Maximum pooling with a square window. Padding never is the maximum. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {
    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return input.window(input.channels(), kernel, stride, padding);
    }
  }

  /** The sum of two feature maps. */
  record Addition() implements Layer {}

  /**
   * An attention module.
   *
   * @param stored whether a batch norm within the module uses stored statistics in training too
   */
  record Attention(int channels, AttentionOptions options, boolean stored) implements Layer {
    /** Creates a module that uses the statistics of the batch in training. */
    public Attention(int channels, AttentionOptions options) {
      this(channels, options, false);
    }

    @Override
    public Layer withStoredStatistics() {
      return new Attention(channels, options, true);
    }

    /** Returns a new kernel. Each replica needs a kernel of its own. */
    public AttentionKernel kernel() {
      return options.kernel(channels);
    }

    @Override
    public List<Parameter> parameters() {
      return named(kernel().parameters());
    }

    @Override
    public List<Parameter> statistics() {
      return named(kernel().statistics());
    }

    @Override
    public long multiplyAdds(FeatureMapShape input) {
      return kernel().multiplyAdds(input.height(), input.width());
    }

    private static List<Parameter> named(List<AttentionKernel.Parameter> tensors) {
      return tensors.stream().map(tensor -> new Parameter(tensor.name(), tensor.shape())).toList();
    }
  }

  /** Average pooling over all positions: (C,H,W) becomes the channel descriptor (C,1,1). */
  record GlobalAveragePool() implements Layer {
    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return new FeatureMapShape(input.channels(), 1, 1);
    }
  }

  /**
   * The centers of center loss. The output holds the channel descriptors of a batch, and after them
   * the center of each class. The centers are parameters, but no gradient teaches them. In a
   * network that does not train, they do not move.
   */
  record Centers(int classes, int width) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("centers", List.of(classes, width)));
    }
  }

  /** A linear layer with bias, from a channel descriptor to {@code out} values. */
  record Linear(int in, int out) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of(
          new Parameter("weight", List.of(out, in)), new Parameter("bias", List.of(out)));
    }

    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return new FeatureMapShape(out, 1, 1);
    }

    @Override
    public long multiplyAdds(FeatureMapShape input) {
      return (long) in * out;
    }
  }
}
