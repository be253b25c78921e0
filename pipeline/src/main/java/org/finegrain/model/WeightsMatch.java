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
 * The match of the tensors in a file with a network. The file must hold every weight of the
 * backbone and the classifier in the network's shapes, and nothing that the network lacks.
 * Attention may be missing, as in weights published for a plain ResNet. The tensors of the loss
 * (the projection of CC-Loss, the centers of center loss) may be missing, or belong to another
 * loss.
 *
 * @param initialised the names of the parameters and running estimates that do not come from the
 *     file
 * @param unused the names of the tensors of another loss, which the network does not use
 */
public record WeightsMatch(List<String> initialised, List<String> unused) {
  private static final Set<String> TENSORS_OF_LOSSES = Set.of("cc.projection", "center.centers");
  private static final int MAX_FAULTS = 8;

  /**
   * Compares the tensors of a file with those of a network.
   *
   * @param resetClassifier whether all tensors whose shapes depend on the number of classes keep
   *     their initial weights
   * @throws IllegalArgumentException if the file belongs to another network; the message names
   *     every fault
   */
  public static WeightsMatch of(LayerGraph graph, NamedTensors file, boolean resetClassifier) {
    List<String> faults = new ArrayList<>();
    Optional<String> prefix = prefix(graph, file);
    prefix.ifPresent(
        text ->
            faults.add(
                String.format(
                    Locale.ROOT,
                    "its names begin with %1$s; save it without this prefix: {name.removeprefix(\"%1$s\"): tensor for name, tensor in weights.items()}",
                    text)));
    NamedTensors named = prefix.map(text -> without(text, file)).orElse(file);
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
        .filter(name -> !TENSORS_OF_LOSSES.contains(name))
        .map(name -> "the network has no " + name)
        .forEach(faults::add);
    unknown.retainAll(TENSORS_OF_LOSSES);
    return new WeightsMatch(List.copyOf(initialised), List.copyOf(unknown));
  }

  /**
   * Returns the prefix of most of the network's names in the file, if they have one. A network that
   * was trained by several processes has {@code module.}, for example.
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
    int named = Math.min(MAX_FAULTS, faults.size());
    String more =
        named < faults.size()
            ? String.format(Locale.ROOT, "; and %d more", faults.size() - named)
            : "";
    return String.join("; ", faults.subList(0, named)) + more;
  }

  /**
   * Returns both lists in words, such as {@code random: attn1.channel.weight; not used, of another
   * loss: cc.projection}.
   */
  public String text() {
    return "random: "
        + (initialised.isEmpty() ? "nothing" : String.join(", ", initialised))
        + (unused.isEmpty() ? "" : "; not used, of another loss: " + String.join(", ", unused));
  }
}
