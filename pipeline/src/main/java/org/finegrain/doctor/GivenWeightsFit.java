package org.finegrain.doctor;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.train.GivenWeights;
import org.finegrain.train.RunException;

/**
 * Checks that the weights given by {@code model.weights.path} fit the networks that start from
 * them.
 *
 * @param experiments the planned experiments; at least one starts from given weights
 */
record GivenWeightsFit(List<ExperimentConfig> experiments, VerifiedData data, Configuration hadoop)
    implements Check {

  /** The settings that decide which weights a network has; each such network is checked once. */
  private record Network(
      ModelConfig model, LossConfig.Kind loss, OptionalInt eta, OptionalInt classes) {}

  /** Returns whether an experiment starts from given weights. */
  static boolean isNeeded(ExperimentConfig experiment) {
    return experiment.model().weights().path().isPresent();
  }

  @Override
  public String name() {
    return "weights";
  }

  @Override
  public Finding examine() {
    Map<Network, ExperimentConfig> networks = new LinkedHashMap<>();
    experiments.stream()
        .filter(GivenWeightsFit::isNeeded)
        .forEach(experiment -> networks.putIfAbsent(network(experiment), experiment));
    Set<String> good = new LinkedHashSet<>();
    Set<String> faults = new LinkedHashSet<>();
    networks.forEach(
        (network, experiment) -> {
          try {
            good.add(
                experiment.model().weights().path().orElseThrow()
                    + ", "
                    + GivenWeights.match(experiment, network.classes, hadoop).text());
          } catch (RunException e) {
            faults.add(e.getMessage());
          }
        });
    if (faults.isEmpty()) {
      return Finding.ok(String.join("; ", good));
    }
    String text = String.join("; ", faults);
    return good.isEmpty() && experiments.stream().allMatch(GivenWeightsFit::isNeeded)
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will fail; the others run");
  }

  private Network network(ExperimentConfig experiment) {
    return new Network(
        experiment.model(),
        experiment.loss().kind(),
        experiment.loss().eta(),
        data.of(experiment).stream().mapToInt(dataset -> dataset.classNames().size()).findFirst());
  }
}
