package org.finegrain.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered beside the weights from step to step, in the flat vector's order.
 *
 * @param memory of the optimiser's rules
 * @param average of the weights; empty where none is kept
 */
public record OptimizerState(float[][] memory, float[] average) implements Serializable {
  /** All vectors of a training: its weights, and what is remembered of them. */
  public List<float[]> with(float[] weights) {
    List<float[]> all = new ArrayList<>(List.of(weights));
    all.addAll(List.of(memory));
    if (average.length > 0) {
      all.add(average);
    }
    return all;
  }
}
