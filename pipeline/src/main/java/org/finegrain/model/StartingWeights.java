package org.finegrain.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Given weights in place of initial ones. A file must hold every weight of the backbone and its
 * classifier, in the network's shapes, and nothing that the network lacks. Attention and the
 * projection of CC-Loss may be missing, as in weights published for a plain ResNet: they stay as
 * initialised.
 *
 * @param weights all that the network needs
 * @param initialised names of parameters and running estimates that did not come from the file
 */
public record StartingWeights(NamedTensors weights, List<String> initialised) {
  private static final int FAULTS_TOLD = 8;

  /**
   * @param initial all that the network needs
   * @param resetClassifier whether the classifier and the projection of CC-Loss, whose shapes
   *     depend on the number of classes, stay as initialised whatever the file holds
   * @throws IllegalArgumentException if the file is of another network, with every fault
   */
  public static StartingWeights of(
      LayerGraph graph, NamedTensors initial, NamedTensors file, boolean resetClassifier) {
    List<String> faults = new ArrayList<>();
    List<String> initialised = new ArrayList<>();
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    initial.names().forEach(name -> weights.put(name, initial.get(name)));
    Set<String> unknown = new HashSet<>(file.names());
    for (LayerGraph.Node node : graph.nodes()) {
      Layer layer = node.layer();
      boolean ofClasses = layer instanceof Layer.Linear || layer instanceof Layer.Projection;
      boolean optional = layer instanceof Layer.Attention || layer instanceof Layer.Projection;
      for (Parameter own :
          Stream.concat(layer.parameters().stream(), layer.statistics().stream()).toList()) {
        Parameter parameter = own.below(node.name());
        String name = parameter.name();
        unknown.remove(name);
        if ((resetClassifier && ofClasses) || (optional && !file.contains(name))) {
          initialised.add(name);
        } else if (!file.contains(name)) {
          faults.add("it lacks " + name);
        } else {
          fault(parameter, file.get(name), ofClasses).ifPresent(faults::add);
          weights.put(name, file.get(name));
        }
      }
    }
    file.names().stream()
        .filter(unknown::contains)
        .map(name -> "the network has no " + name)
        .forEach(faults::add);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(text(faults));
    }
    return new StartingWeights(NamedTensors.of(weights), List.copyOf(initialised));
  }

  private static Optional<String> fault(
      Parameter parameter, FloatTensor tensor, boolean ofClasses) {
    if (!Arrays.equals(tensor.shape(), parameter.dimensions())) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s has shape %s (must be %s%s)",
              parameter.name(),
              Arrays.toString(tensor.shape()),
              parameter.shape(),
              ofClasses ? "; set model.weights.reset-classifier = true for other classes" : ""));
    }
    for (float value : tensor.data()) {
      if (!Float.isFinite(value)) {
        return Optional.of(
            String.format(Locale.ROOT, "%s holds %s (must be finite)", parameter.name(), value));
      }
    }
    return Optional.empty();
  }

  private static String text(List<String> faults) {
    int told = Math.min(FAULTS_TOLD, faults.size());
    String more =
        told < faults.size()
            ? String.format(Locale.ROOT, "; and %d more", faults.size() - told)
            : "";
    return String.join("; ", faults.subList(0, told)) + more;
  }
}
