package org.finegrain.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the tensors of a file match a network. A file must hold every weight of the backbone and its
 * classifier, in the network's shapes, and nothing that the network lacks. Attention may be
 * missing, as in weights published for a plain ResNet. What belongs to the loss, the projection of
 * CC-Loss and the centers of center loss, may be missing, or be that of a run with another loss.
 *
 * @param initialised names of parameters and running estimates that the file does not give
 * @param unused names of tensors of another loss, which the network has no use for
 */
public record WeightsMatch(List<String> initialised, List<String> unused) {
  private static final Set<String> OF_LOSS = Set.of("cc.projection", "center.centers");
  private static final int TOLD = 8;

  /**
   * @param resetClassifier whether whatever depends on the number of classes stays as initialised
   * @throws IllegalArgumentException if the file is of another network, with every fault
   */
  public static WeightsMatch of(LayerGraph graph, NamedTensors file, boolean resetClassifier) {
    List<String> faults = new ArrayList<>();
    Optional<String> prefix = prefix(graph, file);
    prefix.ifPresent(
        it ->
            faults.add(
                String.format(
                    Locale.ROOT,
                    "its names begin with %1$s, save it again without: {name.removeprefix(\"%1$s\"): tensor for name, tensor in weights.items()}",
                    it)));
    NamedTensors named = prefix.map(it -> without(it, file)).orElse(file);
    WeightsMatch match = ofNames(graph, named, resetClassifier, faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(text(faults));
    }
    return match;
  }

  private static WeightsMatch ofNames(
      LayerGraph graph, NamedTensors file, boolean resetClassifier, List<String> faults) {
    List<String> initialised = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>(file.names());
    for (LayerGraph.Node node : graph.nodes()) {
      Layer layer = node.layer();
      boolean ofLoss = layer instanceof Layer.Projection || layer instanceof Layer.Centers;
      boolean ofClasses = ofLoss || layer instanceof Layer.Linear;
      boolean optional = ofLoss || layer instanceof Layer.Attention;
      for (Parameter parameter : parameters(node).toList()) {
        String name = parameter.name();
        boolean given = unknown.remove(name);
        if ((resetClassifier && ofClasses)
            || (optional && !given)
            || (ofLoss && !hasShape(parameter, file.get(name)))) {
          initialised.add(name);
        } else if (!given) {
          faults.add("it lacks " + name);
        } else {
          fault(parameter, file.get(name), ofClasses).ifPresent(faults::add);
        }
      }
    }
    unknown.stream()
        .filter(name -> !OF_LOSS.contains(name))
        .map(name -> "the network has no " + name)
        .forEach(faults::add);
    unknown.retainAll(OF_LOSS);
    return new WeightsMatch(List.copyOf(initialised), List.copyOf(unknown));
  }

  /**
   * What stands before most of the network's names, such as {@code module.} of a network that was
   * trained by several processes.
   */
  private static Optional<String> prefix(LayerGraph graph, NamedTensors file) {
    Set<String> known =
        graph.nodes().stream()
            .flatMap(WeightsMatch::parameters)
            .map(Parameter::name)
            .collect(Collectors.toSet());
    Map<String, Integer> counts = new HashMap<>();
    for (String name : file.names()) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        if (known.contains(name.substring(dot + 1))) {
          counts.merge(name.substring(0, dot + 1), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > known.size() / 2)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static NamedTensors without(String prefix, NamedTensors file) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (String name : file.names()) {
      tensors.put(name.startsWith(prefix) ? name.substring(prefix.length()) : name, file.get(name));
    }
    return NamedTensors.of(tensors);
  }

  private static Stream<Parameter> parameters(LayerGraph.Node node) {
    return Stream.concat(node.layer().parameters().stream(), node.layer().statistics().stream())
        .map(parameter -> parameter.below(node.name()));
  }

  private static boolean hasShape(Parameter parameter, FloatTensor tensor) {
    return Arrays.equals(tensor.shape(), parameter.dimensions());
  }

  private static Optional<String> fault(
      Parameter parameter, FloatTensor tensor, boolean ofClasses) {
    if (!hasShape(parameter, tensor)) {
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
    int told = Math.min(TOLD, faults.size());
    String more =
        told < faults.size()
            ? String.format(Locale.ROOT, "; and %d more", faults.size() - told)
            : "";
    return String.join("; ", faults.subList(0, told)) + more;
  }

  /** {@code random: attn1.channel.weight; of another loss and not used: cc.projection}. */
  public String text() {
    return "random: "
        + (initialised.isEmpty() ? "nothing" : String.join(", ", initialised))
        + (unused.isEmpty() ? "" : "; of another loss and not used: " + String.join(", ", unused));
  }
}
