package org.finegrain.train;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.Split;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.LearningRate;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingState;
import org.finegrain.ingest.IngestedDataset;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.finegrain.storage.Folder;

/** The plan of a run, computed from its configuration, its data and the cluster. */
final class RunPlan {
  private final ExperimentConfig config;
  private final IngestedDataset dataset;
  private final Topology topology;
  private final LayerGraph network;
  private final EpochPlan epoch;
  private final RunFolder folder;

  private RunPlan(
      ExperimentConfig config,
      IngestedDataset dataset,
      Topology topology,
      LayerGraph network,
      EpochPlan epoch,
      RunFolder folder) {
    this.config = config;
    this.dataset = dataset;
    this.topology = topology;
    this.network = network;
    this.epoch = epoch;
    this.folder = folder;
  }

  /**
   * Returns the plan of a run.
   *
   * @throws RunException if data, configuration and cluster do not fit together
   */
  static RunPlan of(
      ExperimentConfig config, IngestedDataset dataset, Topology topology, Folder runs) {
    int classes = dataset.classNames().size();
    Optional<String> fault = config.channelFault(classes);
    if (fault.isPresent()) {
      throw new RunException("Cannot train on " + dataset.location() + ": " + fault.get());
    }
    return new RunPlan(
        config,
        dataset,
        topology,
        ResNet.of(config.model(), classes, config.loss()),
        epoch(config, dataset, topology),
        new RunFolder(
            runs,
            new RunKey(config.runId(), dataset.fingerprint(), config.seed(), topology.replicas())));
  }

  /** Returns this plan with a check before each change of the run folder. */
  RunPlan guardedBy(Folder.Guard check) {
    return new RunPlan(config, dataset, topology, network, epoch, folder.guardedBy(check));
  }

  /**
   * Returns the plan of an epoch.
   *
   * @throws RunException if data, configuration and cluster do not fit together
   */
  static EpochPlan epoch(ExperimentConfig config, IngestedDataset dataset, Topology topology) {
    if (!dataset.name().equals(config.dataset())) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot train on %s: it holds dataset %s, the configuration says dataset = %s; give"
                  + " another --data or --set dataset=%s",
              dataset.location(),
              dataset.name(),
              config.dataset(),
              dataset.name()));
    }
    if (config.train().earlyStopping().isOn() && dataset.count(Split.VAL) == 0) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot stop early on %s: train.early-stopping.patience = %d needs a validation split; ingest with ingest.validation-fraction above 0",
              dataset.location(),
              config.train().earlyStopping().patience()));
    }
    try {
      return EpochPlan.of(
          dataset.count(Split.TRAIN),
          config.train().step().batchSize(),
          config.train().step().lastBatch(),
          topology);
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  ExperimentConfig config() {
    return config;
  }

  IngestedDataset dataset() {
    return dataset;
  }

  Topology topology() {
    return topology;
  }

  LayerGraph network() {
    return network;
  }

  RunFolder folder() {
    return folder;
  }

  RunKey run() {
    return folder.run();
  }

  int stepsPerEpoch() {
    return epoch.steps();
  }

  /**
   * Returns the state before the first step.
   *
   * @throws RunException if the configuration names weights that cannot be used
   */
  TrainingState initialState(Configuration hadoop) {
    return new TrainingState(
        0, 0, GivenWeights.startOf(config, network, hadoop), NamedTensors.of(Map.of()));
  }

  /** Returns the number of steps of the whole run. */
  long steps() {
    return (long) config.train().epochs() * epoch.steps();
  }

  LearningRate schedule() {
    return Schedules.of(config.train(), epoch.steps());
  }

  /** Returns the learning rate of the first step after warm-up, scaled with the batch. */
  double effectiveLearningRate() {
    return schedule().at(config.train().schedule().warmUp().steps(epoch.steps()));
  }

  long parameters() {
    return ParameterCount.of(network);
  }

  /** Returns the number of multiply-adds of a forward pass for one image. */
  long multiplyAdds() {
    return NetworkSummary.of(network, config.augmentation().imageSize()).multiplyAdds();
  }

  /** Returns the plan for a reader, with one line for each fact. */
  String text() throws IOException {
    LearningRate schedule = schedule();
    return String.format(
        Locale.ROOT,
        """
        run            %s
        folder         %s
        exists         %s
        data           %s, %s, %d classes: %d train, %d val, %d test
        network        ResNet-%d, %,d parameters, %.2f G multiply-adds an image of %d px
        starts from    %s
        cluster        %d executors of %d cores, %d replicas (%s)
        batch          %d over %d replicas
        length         %d epochs of %d steps, %d steps
        learning rate  %s, %s in the first step to %s in the last (%s, %s)""",
        run().runId(),
        folder.folder(),
        folder.existing(),
        dataset.location(),
        dataset.name(),
        dataset.classNames().size(),
        dataset.count(Split.TRAIN),
        dataset.count(Split.VAL),
        dataset.count(Split.TEST),
        config.model().depth(),
        parameters(),
        multiplyAdds() / 1e9,
        config.augmentation().imageSize(),
        config.model().weights().path().orElse("random weights"),
        topology.executors(),
        topology.coresPerExecutor(),
        topology.replicas(),
        topology.engine(),
        config.train().step().batchSize(),
        topology.replicas(),
        config.train().epochs(),
        epoch.steps(),
        steps(),
        effectiveLearningRate(),
        schedule.at(0),
        schedule.at(steps() - 1),
        config.settings().get("train.optimizer.kind"),
        config.settings().get("train.schedule.kind"));
  }
}
