package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.Topology;
import org.finegrain.train.Trainer;

/**
 * Checks that the data of each experiment fill at least one batch, and that every replica gets a
 * sample of it.
 */
record BatchSplit(List<ExperimentConfig> experiments, VerifiedData data, Topology topology)
    implements Check {
  @Override
  public String name() {
    return "batch";
  }

  @Override
  public Finding examine() {
    List<String> faults = experiments.stream().map(this::fault).flatMap(Optional::stream).toList();
    if (faults.isEmpty()) {
      return Finding.ok(
          String.format(
              Locale.ROOT,
              "%s over %s (%s of %s)",
              sizes(),
              counted(topology.replicas(), "replica"),
              counted(topology.executors(), "executor"),
              counted(topology.coresPerExecutor(), "core")));
    }
    String text = faults.stream().distinct().collect(Collectors.joining("; "));
    return faults.size() == experiments.size()
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will fail; the others run");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private Optional<String> fault(ExperimentConfig experiment) {
    return data.of(experiment)
        .map(dataset -> Trainer.fault(experiment, dataset, topology))
        .orElseGet(() -> faultOfSize(experiment.train()));
  }

  private Optional<String> faultOfSize(TrainConfig train) {
    try {
      EpochPlan.of(
          train.step().batchSize(), train.step().batchSize(), train.step().lastBatch(), topology);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private String sizes() {
    return experiments.stream()
        .map(experiment -> experiment.train().step().batchSize())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
