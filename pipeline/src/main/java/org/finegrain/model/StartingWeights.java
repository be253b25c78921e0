package org.finegrain.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Given weights in place of initial ones.
 *
 * @param weights all that the network needs
 * @param match which of them came from the file
 */
public record StartingWeights(NamedTensors weights, WeightsMatch match) {
  /**
   * @param initial all that the network needs
   * @param resetClassifier whether the classifier, the projection of CC-Loss and the centers of
   *     center loss, whose shapes depend on the number of classes, stay as initialised whatever the
   *     file holds
   * @throws IllegalArgumentException if the file is of another network, with every fault
   */
  public static StartingWeights of(
      LayerGraph graph, NamedTensors initial, NamedTensors file, boolean resetClassifier) {
    WeightsMatch match = WeightsMatch.of(graph, file, resetClassifier);
    Set<String> initialised = new HashSet<>(match.initialised());
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    for (String name : initial.names()) {
      weights.put(name, initialised.contains(name) ? initial.get(name) : file.get(name));
    }
    return new StartingWeights(NamedTensors.of(weights), match);
  }
}
