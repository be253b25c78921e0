package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.bigdl.interop.BigDl;

/**
 * The samples of a replica's part of a batch that its network sees at once. Those of one batch are
 * equally large, since the layers' native memory is prepared for one size; where they do not come
 * out even, the last one begins with samples that the one before it has had.
 *
 * @param from the first sample
 * @param repeated of its first samples that have been seen before: they count neither in loss nor
 *     in gradient
 */
record MicroBatch(int from, int samples, int repeated) {
  /** As few as there can be of at most {@code most} samples. */
  static List<MicroBatch> of(int samples, int most) {
    int count = (samples + most - 1) / most;
    int each = (samples + count - 1) / count;
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int from = Math.min(i * each, samples - each);
              return new MicroBatch(from, each, i * each - from);
            })
        .toList();
  }

  /** Of tensors with a row for each sample of the whole, those that the network sees. */
  Tensor<Object> seen(Tensor<Object> all) {
    return all.narrow(1, from + 1, samples);
  }

  /** Likewise, those that count. */
  Tensor<Object> counted(Tensor<Object> all) {
    return all.narrow(1, from + repeated + 1, samples - repeated);
  }

  /** What the network gives for the samples that count, and whatever rows follow the samples'. */
  Activity counted(Activity outputs) {
    return repeated == 0
        ? outputs
        : activity(
            BigDl.tensors(outputs).stream()
                .map(it -> it.narrow(1, repeated + 1, it.size(1) - repeated))
                .toList());
  }

  /**
   * The gradients of all that the network gives: zero for the samples that do not count.
   *
   * @param gradients of {@link #counted(Activity)}
   */
  Activity spread(Activity gradients) {
    return repeated == 0
        ? gradients
        : activity(BigDl.tensors(gradients).stream().map(this::spread).toList());
  }

  private Tensor<Object> spread(Tensor<Object> gradient) {
    int[] size = gradient.size();
    size[0] += repeated;
    Tensor<Object> all = BigDl.zeros(size);
    all.narrow(1, repeated + 1, gradient.size(1)).copy(gradient);
    return all;
  }

  private static Activity activity(List<Tensor<Object>> tensors) {
    return tensors.size() == 1 ? tensors.get(0) : BigDl.table(tensors);
  }
}
