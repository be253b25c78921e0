package org.finegrain.bigdl.network;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/**
 * The networks for scoring that this process keeps from one scoring to the next. To build a network
 * and to give it native memory takes longer than to score a few batches, so a validation takes the
 * network of the one before, with new weights. A network that was kept gives the same bits as one
 * that was built.
 *
 * <p>Networks of one kind are kept at a time, and no more than scored at once. Whoever scores with
 * another kind frees them first.
 */
public final class KeptNetworks {
  private static final KeptNetworks OF_THIS_PROCESS = new KeptNetworks();

  private final Deque<AbstractModule<Activity, Activity, Object>> idle = new ArrayDeque<>();
  private Kind kind;

  /**
   * All that decides the layers and the memory of a network.
   *
   * @param layers its layers
   * @param batchSize the number of images that it computes at once, which fixes its memory
   * @param imageSize the height and width of an image
   */
  public record Kind(LayerGraph layers, int batchSize, int imageSize) {}

  KeptNetworks() {}

  /** Returns the networks of this process. */
  public static KeptNetworks ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Returns a network in evaluation mode that nobody else uses: one that was kept, or a new one.
   *
   * @param weights its weights and running estimates
   */
  public AbstractModule<Activity, Activity, Object> take(Kind wanted, NamedTensors weights) {
    free(otherThan(wanted));
    AbstractModule<Activity, Activity, Object> kept = poll(wanted);
    if (kept != null) {
      NetworkWeights.of(wanted.layers(), kept).write(weights);
      return kept;
    }
    AbstractModule<Activity, Activity, Object> built =
        NetworkBuilder.build(wanted.layers(), weights);
    built.evaluate();
    return built;
  }

  private synchronized AbstractModule<Activity, Activity, Object> poll(Kind wanted) {
    return wanted.equals(kind) ? idle.poll() : null;
  }

  /** Makes {@code wanted} the kind that is kept; returns the networks of the one before. */
  private synchronized List<AbstractModule<Activity, Activity, Object>> otherThan(Kind wanted) {
    if (wanted.equals(kind)) {
      return List.of();
    }
    kind = wanted;
    List<AbstractModule<Activity, Activity, Object>> others = new ArrayList<>(idle);
    idle.clear();
    return others;
  }

  /**
   * Takes a network back that {@link #take} has returned.
   *
   * @param ofKind what it was taken for
   * @param whole whether all that it was to compute is done; a network that was stopped halfway is
   *     freed
   */
  public void giveBack(
      Kind ofKind, AbstractModule<Activity, Activity, Object> network, boolean whole) {
    if (!whole || !keep(ofKind, network)) {
      network.release();
    }
  }

  private synchronized boolean keep(
      Kind ofKind, AbstractModule<Activity, Activity, Object> network) {
    return ofKind.equals(kind) && idle.add(network);
  }

  private static void free(List<AbstractModule<Activity, Activity, Object>> networks) {
    networks.forEach(AbstractModule::release);
  }
}
