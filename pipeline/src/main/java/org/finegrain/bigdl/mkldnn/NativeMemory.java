package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.CAddTable;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnModule;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReLU;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.interop.BigDl;
import scala.collection.JavaConverters;

/**
 * The native memory that the layers of a network on MKL-DNN share. BigDL gives every layer memory
 * of its own for its output and its gradient, for as long as the network lives. Here
 *
 * <ul>
 *   <li>a ReLU works in place, and so does the addition before it;
 *   <li>in inference, the memory of an output is used again once its last reader has run;
 *   <li>in training, the same holds for gradients, and for outputs that no gradient depends on,
 *       such as a shortcut's.
 * </ul>
 *
 * <p>For ResNet-50 at 224 px and batch 16, this reduces 4.4 GB to 1.4 GB. Sharing is decided before
 * the first batch, when nothing has been written yet.
 */
final class NativeMemory {
  /** The output, or later the gradient, of each layer. */
  private final Map<AbstractModule<?, ?, ?>, LiveTensor> tensors = new HashMap<>();

  /** The tensors whose memory can be shared, in the order in which they are written. */
  private final List<LiveTensor> owned = new ArrayList<>();

  private NativeMemory() {}

  /**
   * An output or a gradient in native memory. {@code written} and {@code lastRead} count the layers
   * of a forward pass, and then those of a backward pass.
   */
  private static final class LiveTensor {
    final DnnTensor<?> memory;
    final int written;
    int lastRead;

    /** The tensor that this one overwrites in place, or null. */
    LiveTensor replaced;

    /** True if its memory must not be used again afterwards. */
    boolean kept;

    LiveTensor(DnnTensor<?> memory, int written) {
      this.memory = memory;
      this.written = written;
      this.lastRead = written;
    }
  }

  /**
   * Shares memory between the outputs of a network for inference.
   *
   * @param order the layers in the order of a forward pass
   */
  static void shareOutputsOfInference(Node<AbstractModule<Activity, Activity, Object>>[] order) {
    NativeMemory memory = new NativeMemory();
    memory.readOutputs(order, false);
    memory.share();
  }

  /**
   * Shares memory between the gradients of a network for training, and between the outputs that no
   * gradient depends on. All other outputs are kept for the backward pass.
   *
   * @param forward the layers in the order of a forward pass
   * @param backward the layers in the order of a backward pass
   */
  static void shareInTraining(
      Node<AbstractModule<Activity, Activity, Object>>[] forward,
      Node<AbstractModule<Activity, Activity, Object>>[] backward) {
    NativeMemory memory = new NativeMemory();
    memory.readOutputs(forward, true);
    memory.readGradients(backward, forward.length);
    memory.share();
  }

  private void readOutputs(
      Node<AbstractModule<Activity, Activity, Object>>[] order, boolean training) {
    for (int step = 0; step < order.length; step++) {
      AbstractModule<Activity, Activity, Object> module = order[step].element();
      LiveTensor first = readAll(order[step], step);
      if (module instanceof MemoryUse use && use.readsInputOfFirstInput()) {
        read(order[step].prevNodes().head().prevNodes().head(), step);
      }
      LiveTensor tensor =
          module.output() instanceof DnnTensor<?> memory
              ? own(memory, ((MklDnnModule) module).outputFormats()[0], step)
              : first;
      if (tensor != first && worksInPlace(order[step])) {
        tensor.replaced = first;
      }
      if (tensor != first) {
        tensor.kept = training && !onlyAdded(order[step]);
      }
      tensors.put(module, tensor);
    }
  }

  /** Returns whether layers only add the output of a layer to others. */
  private static boolean onlyAdded(Node<AbstractModule<Activity, Activity, Object>> node) {
    return neverReadsItsOutput(node.element())
        && JavaConverters.seqAsJavaList(node.nextNodes()).stream()
            .allMatch(reader -> CAddTable.class.isInstance(reader.element()));
  }

  private void readGradients(
      Node<AbstractModule<Activity, Activity, Object>>[] order, int stepsBefore) {
    tensors.clear(); // now for gradients
    for (int i = 0; i < order.length - 1; i++) { // the last node only ends the walk
      AbstractModule<Activity, Activity, Object> module = order[i].element();
      int step = stepsBefore + i;
      LiveTensor first = readAll(order[i], step);
      LiveTensor tensor =
          module.gradInput() instanceof DnnTensor<?> memory
              ? own(memory, ((MklDnnModule) module).gradInputFormats()[0], step)
              : first;
      if (tensor != first && givesGradientInPlace(module)) {
        tensor.replaced = first;
      }
      tensors.put(module, tensor);
    }
  }

  private static boolean givesGradientInPlace(AbstractModule<Activity, Activity, Object> module) {
    if (module instanceof ReLU relu) {
      return sameLayout(relu.gradOutputFormats()[0], relu.gradInputFormats()[0]);
    }
    return module instanceof MemoryUse use && use.givesGradientInPlace();
  }

  /** Notes that a layer reads its inputs in a step, and returns the first of them. */
  private LiveTensor readAll(Node<AbstractModule<Activity, Activity, Object>> node, int step) {
    List<Node<AbstractModule<Activity, Activity, Object>>> before =
        JavaConverters.seqAsJavaList(node.prevNodes());
    before.forEach(input -> read(input, step));
    return before.isEmpty() ? null : tensors.get(before.get(0).element());
  }

  private void read(Node<AbstractModule<Activity, Activity, Object>> node, int step) {
    LiveTensor tensor = tensors.get(node.element());
    if (tensor != null) {
      tensor.lastRead = step;
    }
  }

  /** Notes a tensor. Memory with padding is not shared, because layers rely on the zeros in it. */
  private LiveTensor own(DnnTensor<?> memory, MemoryData format, int step) {
    LiveTensor tensor = new LiveTensor(memory, step);
    if (memory.nElement() == Arrays.stream(format.shape()).reduce(1, Math::multiplyExact)) {
      owned.add(tensor);
    }
    return tensor;
  }

  /** Returns whether a layer may write its output over its first input. */
  private static boolean worksInPlace(Node<AbstractModule<Activity, Activity, Object>> node) {
    AbstractModule<Activity, Activity, Object> module = node.element();
    if (!(module instanceof ReLU || module instanceof CAddTable)) {
      return false;
    }
    Node<AbstractModule<Activity, Activity, Object>> before = node.prevNodes().head();
    MklDnnModule from = (MklDnnModule) before.element();
    MklDnnModule to = (MklDnnModule) module;
    return before.nextNodes().length() == 1
        && neverReadsItsOutput(before.element())
        && sameLayout(from.outputFormats()[0], to.inputFormats()[0])
        && sameLayout(to.inputFormats()[0], to.outputFormats()[0]);
  }

  /**
   * Returns whether a layer's backward pass does not read its output. A ReLU's does, but only the
   * signs, which working in place does not change.
   */
  private static boolean neverReadsItsOutput(AbstractModule<Activity, Activity, Object> module) {
    return module instanceof MemoryUse use
        ? !use.readsItsOutput()
        : module instanceof SpatialBatchNormalization || module instanceof CAddTable;
  }

  private static boolean sameLayout(MemoryData one, MemoryData other) {
    return one.layout() == other.layout();
  }

  private void share() {
    List<Block> blocks = new ArrayList<>();
    Map<LiveTensor, Block> blockOf = new HashMap<>();
    for (LiveTensor tensor : owned) {
      Block block =
          Optional.ofNullable(tensor.replaced)
              .filter(before -> before.lastRead == tensor.written)
              .map(blockOf::get)
              .or(() -> Block.freeFor(tensor, blocks))
              .orElseGet(
                  () -> {
                    Block fresh = new Block();
                    blocks.add(fresh);
                    return fresh;
                  });
      block.add(tensor);
      blockOf.put(tensor, block);
    }
    blocks.forEach(Block::share);
  }

  /** Memory that several tensors use, one after the other. */
  private static final class Block {
    private final List<LiveTensor> tensors = new ArrayList<>();
    private int lastRead;
    private int size;

    /**
     * Returns the free block of the most similar size; for a tensor that is kept, no larger one.
     */
    static Optional<Block> freeFor(LiveTensor tensor, List<Block> blocks) {
      int size = tensor.memory.nElement();
      return blocks.stream()
          .filter(block -> block.lastRead < tensor.written)
          .filter(block -> !tensor.kept || block.size <= size)
          .min(Comparator.comparingInt(block -> Math.abs(block.size - size)));
    }

    void add(LiveTensor tensor) {
      tensors.add(tensor);
      lastRead = tensor.kept ? Integer.MAX_VALUE : tensor.lastRead;
      size = Math.max(size, tensor.memory.nElement());
    }

    void share() {
      unite(tensors.stream().<DnnTensor<?>>map(tensor -> tensor.memory).toList());
    }
  }

  /** Moves all tensors to the memory of the largest, and frees the memory of the others. */
  static void unite(List<DnnTensor<?>> tensors) {
    List<DnnTensor<?>> bySize =
        tensors.stream()
            .sorted(Comparator.<DnnTensor<?>>comparingInt(DnnTensor::nElement).reversed())
            .toList();
    bySize.stream().skip(1).forEach(tensor -> tensor.set(BigDl.cast(bySize.get(0))));
  }
}
