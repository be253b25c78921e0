package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.bigdl.interop.BigDl;

/**
 * A part of a replica's samples that the network computes at once. All micro-batches of a batch
 * have the same size, since the native memory of the layers is made for one size. Where the samples
 * do not divide evenly, the last micro-batch begins with samples of the one before it.
 *
 * @param from the first sample, counted among the replica's samples of the batch
 * @param samples the number of samples
 * @param repeated how many of its first samples the micro-batch before has computed; they do not
 *     count in loss and gradient
 */
record MicroBatch(int from, int samples, int repeated) {
  /**
   * Splits a replica's samples into the smallest number of micro-batches that hold at most {@code
   * most} each.
   */
  static List<MicroBatch> of(int samples, int most) {
    int count = (samples + most - 1) / most;
    int size = (samples + count - 1) / count;
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int from = Math.min(i * size, samples - size);
              return new MicroBatch(from, size, i * size - from);
            })
        .toList();
  }

  /**
   * Returns the rows of this micro-batch, in a tensor with a row for each of the replica's samples.
   */
  Tensor<Object> rows(Tensor<Object> all) {
    return all.narrow(1, from + 1, samples);
  }

  /** Returns the rows as {@link #rows} does, without the repeated samples. */
  Tensor<Object> countedRows(Tensor<Object> all) {
    return all.narrow(1, from + repeated + 1, samples - repeated);
  }

  /**
   * Returns the network's outputs without the rows of repeated samples. Rows behind those of the
   * samples, such as centers, stay.
   */
  Activity counted(Activity outputs) {
    return repeated == 0
        ? outputs
        : activity(
            BigDl.tensors(outputs).stream()
                .map(output -> output.narrow(1, repeated + 1, output.size(1) - repeated))
                .toList());
  }

  /**
   * Returns the gradients of all of the network's outputs, zero for repeated samples.
   *
   * @param gradients the gradients of {@link #counted}
   */
  Activity withRepeated(Activity gradients) {
    return repeated == 0
        ? gradients
        : activity(BigDl.tensors(gradients).stream().map(this::withRepeated).toList());
  }

  private Tensor<Object> withRepeated(Tensor<Object> gradient) {
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
