package org.finegrain.bigdl.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.optimizer.AdamW;
import org.finegrain.optimizer.ConstantRate;
import org.finegrain.optimizer.Frozen;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.Sgd;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;

/**
 * The update rule of every parameter of a network, and the names of what the rules remember. These
 * names are PyTorch's, such as {@code fc.weight.exp_avg}. Where a rule remembers one number for
 * each weight, as SGD does its momentum, the name is the parameter's.
 */
public final class ParameterGroups {
  private final ParameterLayout layout;
  private final List<ParameterGroup> groups;

  private ParameterGroups(ParameterLayout layout, List<ParameterGroup> groups) {
    this.layout = layout;
    this.groups = groups;
  }

  /**
   * Chooses a rule for each parameter.
   *
   * @param freeze the parts of the backbone that do not learn, see {@link
   *     org.finegrain.config.TrainConfig#STAGES}
   * @param centerRate the rate of the centers of center loss: α times the number of samples in a
   *     batch. Center loss sums the changes of a center over the batch, but the gradient is a mean
   */
  public static ParameterGroups of(
      ParameterLayout layout, OptimizerConfig config, List<String> freeze, double centerRate) {
    List<ParameterGroup> groups = new ArrayList<>();
    int from = 0;
    for (Parameter parameter : layout.parameters()) {
      int to = from + parameter.size();
      groups.add(
          new ParameterGroup(
              from,
              to,
              layout.isOfCenters(parameter)
                  ? new ConstantRate(centerRate)
                  : rule(config, freeze, parameter),
              parameter.name().startsWith("fc.") ? config.headLearningRateFactor() : 1));
      from = to;
    }
    return new ParameterGroups(layout, List.copyOf(groups));
  }

  /**
   * Returns whether a parameter or a layer does not learn.
   *
   * @param freeze the parts of the backbone that do not learn
   * @param name the name of a parameter, or the name of a layer followed by a point
   */
  public static boolean isFrozen(List<String> freeze, String name) {
    return freeze.stream().anyMatch(stage -> isOf(stage, name));
  }

  /**
   * Returns whether a stage has the parameter. Attention belongs to no stage: pre-trained weights
   * have none, so it always has to learn.
   */
  private static boolean isOf(String stage, String parameter) {
    return stage.equals("stem")
        ? parameter.startsWith("conv1.") || parameter.startsWith("bn1.")
        : parameter.startsWith(stage + ".") && !parameter.contains(".attn.");
  }

  private static UpdateRule rule(OptimizerConfig config, List<String> freeze, Parameter parameter) {
    if (isFrozen(freeze, parameter.name())) {
      return new Frozen();
    }
    boolean normOrBias = parameter.shape().size() == 1;
    double decay = normOrBias && !config.decayNormAndBias() ? 0 : config.weightDecay();
    return switch (config.kind()) {
      case SGD -> new Sgd(config.sgd().momentum(), config.sgd().nesterov(), decay);
      case ADAMW ->
          new AdamW(
              config.adamW().beta1(), config.adamW().beta2(), config.adamW().epsilon(), decay);
    };
  }

  /** Returns the places of the parameters in the flat vector. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Returns one group for each parameter, in the order of the flat vector. */
  public List<ParameterGroup> groups() {
    return groups;
  }

  /**
   * Returns what the rules remember, by name.
   *
   * @param memory flat vectors: the i-th holds the i-th number that the rule of a weight remembers
   */
  public NamedTensors split(float[][] memory) {
    Map<String, UpdateRule> rules = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      rules.put(layout.parameters().get(i).name(), groups.get(i).rule());
    }
    List<NamedTensors> parts = Arrays.stream(memory).map(layout::split).toList();
    Map<String, FloatTensor> named = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (String parameter : parts.get(i).names()) {
        UpdateRule rule = rules.get(parameter);
        if (i < rule.stateNames().size()) {
          named.put(name(parameter, rule, i), parts.get(i).get(parameter));
        }
      }
    }
    return NamedTensors.of(named);
  }

  /**
   * Returns what {@link #split} was called with.
   *
   * @throws IllegalArgumentException if something that a rule remembers is missing
   */
  public float[][] join(NamedTensors named) {
    float[][] memory = new float[VectorUpdate.statesPerWeight(groups)][layout.size()];
    for (int i = 0; i < groups.size(); i++) {
      Parameter parameter = layout.parameters().get(i);
      ParameterGroup group = groups.get(i);
      for (int k = 0; k < group.rule().stateNames().size(); k++) {
        String name = name(parameter.name(), group.rule(), k);
        float[] values = ParameterLayout.checked(named, new Parameter(name, parameter.shape()));
        System.arraycopy(values, 0, memory[k], group.from(), values.length);
      }
    }
    return memory;
  }

  private static String name(String parameter, UpdateRule rule, int index) {
    return rule.stateNames().size() == 1
        ? parameter
        : parameter + "." + rule.stateNames().get(index);
  }
}
