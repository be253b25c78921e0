package org.finegrain.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.AttentionOptions;

/** One layer of a network, with the names of its parameters as PyTorch has them. */
public sealed interface Layer extends Serializable {

  /** Learnable, in PyTorch's order; the names below the layer's own. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** Estimates that training keeps but does not learn. */
  default List<Parameter> statistics() {
    return List.of();
  }

  /** This layer, with a batch norm that normalises with stored statistics in training too. */
  default Layer withStoredStatistics() {
    return this;
  }

  /** The shape of the output where the first input has shape {@code input}. */
  default FeatureMapShape output(FeatureMapShape input) {
    return input;
  }

  /**
   * Multiply-adds for one image: the products of convolutions, linear layers and attention.
   * Normalisation, sums and comparisons are not counted.
   */
  default long multiplyAdds(FeatureMapShape input) {
    return 0;
  }

  /** Images, or whatever enters a part of a network. */
  record Input(int channels) implements Layer {}

  /**
   * Square kernel, no bias: a batch norm follows.
   *
   * @param kernel odd
   * @param dilation distance between neighbouring taps of the kernel; 1 in an ordinary one
   */
  record Convolution(int in, int out, int kernel, int stride, int dilation) implements Layer {
    /** On each side, so that the middle of the kernel meets every position of the map. */
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

  /** A 1x1 convolution without bias, whose one parameter is called {@code projection}. */
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
   * Over batch and positions; the running estimates are {@code 0.9·running + 0.1·batch}, with the
   * unbiased variance.
   *
   * @param initialWeight of every channel
   * @param stored whether training too normalises with the running estimates, which then stay
   */
  record BatchNorm(int channels, float initialWeight, boolean stored) implements Layer {
    public static final double EPSILON = 1e-5;
    public static final double MOMENTUM = 0.1;

    public BatchNorm(int channels) {
      this(channels, 1);
    }

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

  record Relu() implements Layer {}

  /** Padding never wins. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {
    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return input.window(input.channels(), kernel, stride, padding);
    }
  }

  /** The sum of two feature maps. */
  record Addition() implements Layer {}

  /**
   * @param stored as of {@link BatchNorm}, for a module that has one inside
   */
  record Attention(int channels, AttentionOptions options, boolean stored) implements Layer {
    public Attention(int channels, AttentionOptions options) {
      this(channels, options, false);
    }

    @Override
    public Layer withStoredStatistics() {
      return new Attention(channels, options, true);
    }

    /** Each call makes a new one: a kernel serves one model replica. */
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
      return tensors.stream().map(it -> new Parameter(it.name(), it.shape())).toList();
    }
  }

  /** (C,H,W) to the channel descriptor (C,1,1). */
  record GlobalAveragePool() implements Layer {
    @Override
    public FeatureMapShape output(FeatureMapShape input) {
      return new FeatureMapShape(input.channels(), 1, 1);
    }
  }

  /**
   * Of center loss: its output is the channel descriptors of a batch, followed by the center of
   * each class. The centers are parameters that no gradient is learned by; they stay where they are
   * in a network that does not train.
   */
  record Centers(int classes, int width) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("centers", List.of(classes, width)));
    }
  }

  /** From a channel descriptor to {@code out} values, with bias. */
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
