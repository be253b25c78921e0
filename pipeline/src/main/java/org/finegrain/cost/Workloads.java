package org.finegrain.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.finegrain.sweep.IngestedDatasets;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.SweepStatus;
import org.finegrain.sweep.TrialStatus;
import org.finegrain.train.CheckpointSize;

/**
 * The work of a plan's trials.
 *
 * @param all all trials, in the order of the plan
 * @param open the trials that a run of the sweep would train: those without a result on the present
 *     data, and not given up
 */
record Workloads(List<Workload> all, List<Workload> open) {

  static Workloads of(CostRequest request) throws IOException {
    Plan plan = request.plan();
    Optional<IngestedDatasets> ingested = Optional.empty();
    if (request.data().isPresent()) {
      ingested = Optional.of(IngestedDatasets.of(request.data().get(), plan.datasets()));
    }
    List<ExperimentConfig> configs = plan.experiments(request.experiment());
    List<TrialStatus> status = SweepStatus.of(plan, request.sweep()).trials();
    Networks networks = new Networks();
    List<Workload> all = new ArrayList<>();
    List<Workload> open = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      ExperimentConfig config = configs.get(i);
      DatasetSize data =
          ingested
              .map(it -> it.manifests().get(config.dataset()))
              .map(DatasetSize::ingested)
              .orElseGet(() -> DatasetSize.official(config.dataset(), config.ingest()));
      Networks.Size size = networks.size(config, data.classes());
      Workload workload =
          new Workload(
              plan.trials().get(i),
              config,
              NetworkKey.of(config.identity()),
              data,
              size.parameters(),
              size.checkpoints());
      all.add(workload);
      Optional<String> fingerprint = ingested.flatMap(it -> it.fingerprint(config.dataset()));
      if (!isDone(status.get(i), fingerprint)) {
        open.add(workload);
      }
    }
    return new Workloads(all, open);
  }

  /** Returns whether nothing is left to do, as far as the present data are known. */
  private static boolean isDone(TrialStatus trial, Optional<String> fingerprint) {
    boolean isOnOtherData =
        trial.result().isPresent()
            && fingerprint.isPresent()
            && !fingerprint.get().equals(trial.result().get().run().dataFingerprint());
    return trial.state().isDone() && !isOnOtherData;
  }

  /** The sizes of networks, each of which is computed once, as many trials have equal ones. */
  private static final class Networks {
    private final Map<Settings, Size> sizes = new HashMap<>();

    /** The settings that a size follows from. */
    record Settings(ModelConfig model, int classes, LossConfig loss, TrainConfig train) {}

    record Size(long parameters, CheckpointSize checkpoints) {}

    Size size(ExperimentConfig config, int classes) {
      return sizes.computeIfAbsent(
          new Settings(config.model(), classes, config.loss(), config.train()),
          it -> {
            LayerGraph network = ResNet.of(it.model, it.classes, it.loss);
            return new Size(ParameterCount.of(network), CheckpointSize.of(network, it.train));
          });
    }
  }
}
