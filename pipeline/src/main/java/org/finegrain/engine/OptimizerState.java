package org.finegrain.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that the optimizer remembers from step to step. Every vector has the length and the
 * order of the flat vector of weights, or of a slice of it.
 *
 * @param memory one vector for each number that the optimizer remembers of a weight
 * @param average the moving average of the weights; empty where none is kept
 */
public record OptimizerState(float[][] memory, float[] average) implements Serializable {
  /** Returns the weights, the memory and, where one is kept, the average, in this order. */
  public List<float[]> vectorsWith(float[] weights) {
    List<float[]> all = new ArrayList<>(List.of(weights));
    all.addAll(List.of(memory));
    if (average.length > 0) {
      all.add(average);
    }
    return all;
  }
}
