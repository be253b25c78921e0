package org.finegrain.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The weights with which a training starts when a file of weights is given.
 *
 * @param weights all weights of the network, from the file or initial ones
 * @param match how the file matches the network
 */
public record StartingWeights(NamedTensors weights, WeightsMatch match) {
  /**
   * Returns the weights of the file, and initial ones where it has none.
   *
   * @param initial the initial weights of the whole network
   * @param resetClassifier whether the classifier, the projection of CC-Loss and the centers of
   *     center loss keep their initial weights, whatever the file holds; their shapes depend on the
   *     number of classes
   * @throws IllegalArgumentException if the file belongs to another network; the message names
   *     every fault
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
