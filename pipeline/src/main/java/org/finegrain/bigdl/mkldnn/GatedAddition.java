package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.CAddTable;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnModule;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReLU;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Optional;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;

/**
 * The addition at the end of a residual block with attention. Where the memory formats allow it,
 * this layer computes {@code relu(attention(x) + shortcut)} in one forward pass. Three layers one
 * after the other would read and write the feature maps four times more. The backward passes stay
 * those of the three layers.
 */
final class GatedAddition extends CAddTable implements MemoryUse {
  /** The attention that computes the sum; null where this layer adds by itself. */
  private transient SumWriter attention;

  private GatedAddition() {}

  /** A ReLU that does nothing where the addition before it has rectified, in the same memory. */
  private static final class Relu extends ReLU {
    private transient boolean doneByAddition;
    private transient boolean hasRun;

    private Relu() {
      super(0);
    }

    /** Runs in any case the first time, when MKL-DNN notes the memory for the backward pass. */
    @Override
    public Activity updateOutput(Activity input) {
      if (doneByAddition && hasRun) {
        return output();
      }
      hasRun = true;
      return super.updateOutput(input);
    }
  }

  /** Replaces the additions to attention's output, and the ReLUs behind them. */
  static void install(LayerGraph layers, DnnGraph graph) {
    Replacement.install(
        graph,
        module -> {
          if (CAddTable.class.isInstance(module) && addsToAttention(layers, module.getName())) {
            return Optional.of(BigDl.cast(new GatedAddition()));
          }
          return ReLU.class.isInstance(module)
                  && layers.node(module.getName()).inputs().stream()
                      .anyMatch(name -> addsToAttention(layers, name))
              ? Optional.of(BigDl.cast(new Relu()))
              : Optional.empty();
        });
  }

  private static boolean addsToAttention(LayerGraph layers, String name) {
    LayerGraph.Node node = layers.node(name);
    return node.layer() instanceof Layer.Addition
        && layers.node(node.inputs().get(0)).layer() instanceof Layer.Attention;
  }

  /**
   * Makes the additions compute all three layers where they can. The layers must have chosen their
   * formats and share their memory.
   *
   * @param order the layers in the order of a forward pass
   */
  static void fuse(Node<AbstractModule<Activity, Activity, Object>>[] order) {
    for (Node<AbstractModule<Activity, Activity, Object>> node : order) {
      if (GatedAddition.class.isInstance(node.element())) {
        fuse(node);
      }
    }
  }

  private static void fuse(Node<AbstractModule<Activity, Activity, Object>> node) {
    GatedAddition addition = BigDl.cast(node.element());
    Node<AbstractModule<Activity, Activity, Object>> before = node.prevNodes().head();
    SumWriter attention = BigDl.cast(before.element());
    AbstractModule<?, ?, ?> after = node.nextNodes().head().element();
    int layout = ((MklDnnModule) before.element()).outputFormats()[0].layout();
    if (attention.canWriteSum()
        && before.nextNodes().length() == 1
        && node.nextNodes().length() == 1
        && Relu.class.isInstance(after)
        && Stream.of(addition.inputFormats(), addition.outputFormats())
            .flatMap(Stream::of)
            .map(MemoryData::layout)
            .allMatch(other -> other == layout)) {
      addition.attention = attention;
      attention.leaveToReader();
      Relu relu = BigDl.cast(after);
      relu.doneByAddition = address(addition) == address(relu);
    }
  }

  private static long address(AbstractModule<?, ?, ?> module) {
    return BigDl.<DnnTensor<?>>cast(module.output()).storageAddress();
  }

  /** Returns whether attention, addition and ReLU are one forward pass here. */
  boolean isFused() {
    return attention != null;
  }

  /** Returns true: where the layers are fused, this one reads the input of attention. */
  @Override
  public boolean readsInputOfFirstInput() {
    return true;
  }

  @Override
  public boolean readsItsOutput() {
    return false;
  }

  @Override
  public Activity updateOutput(Activity input) {
    if (attention == null) {
      return super.updateOutput(input);
    }
    Table summands = (Table) input;
    attention.writeSum(summands.apply(2), output());
    return output();
  }
}
