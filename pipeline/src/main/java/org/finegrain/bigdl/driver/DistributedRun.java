package org.finegrain.bigdl.driver;

import com.intel.analytics.bigdl.dllib.models.utils.ModelBroadcast$;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.executor.ParticipantSpec;
import org.finegrain.bigdl.executor.ReplicaProgress;
import org.finegrain.bigdl.feed.BatchLabels;
import org.finegrain.bigdl.feed.BatchSpec;
import org.finegrain.bigdl.feed.KeptSamples;
import org.finegrain.bigdl.feed.SampleShare;
import org.finegrain.bigdl.feed.SampleShares;
import org.finegrain.bigdl.group.Members;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.config.LossConfig;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.OptimizerState;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;

/**
 * The run of one training on the executors. Setting replicas up is slow, so it is done once for all
 * epochs.
 */
public final class DistributedRun {
  private final Members members;
  private final KeptSamples kept;
  private final Topology topology;
  private final AbstractModule<Activity, Activity, Object> network;
  private final ParameterLayout layout;
  private final ParameterGroups groups;
  private final TotalLossCriterion criterion;
  private final TrainingRequest request;

  /**
   * Creates the run.
   *
   * @param members the executors that it runs on
   * @param kept the samples that they keep
   * @param network the network with the weights to start from
   * @param layout the places of the network's parameters
   * @param criterion the loss to minimise
   */
  public DistributedRun(
      Members members,
      KeptSamples kept,
      AbstractModule<Activity, Activity, Object> network,
      ParameterLayout layout,
      TotalLossCriterion criterion,
      TrainingRequest request) {
    this.members = members;
    this.kept = kept;
    this.topology = members.topology();
    this.network = network;
    this.layout = layout;
    this.groups =
        ParameterGroups.of(
            layout,
            request.train().step().optimizer(),
            request.train().freeze(),
            request.loss().centerAlpha() * request.train().step().batchSize());
    this.criterion = criterion;
    this.request = request;
  }

  /**
   * Runs the training until all epochs are completed or the observer says stop.
   *
   * @param start the state whose weights the network has
   */
  public <S> void run(TrainingData<S> data, TrainingState start, TrainingObserver observer) {
    String training = UUID.randomUUID().toString();
    try (ClusterWatch watch =
        ClusterWatch.begin(
            members, training, request.train().interruption().recovery().stepTimeout())) {
      try {
        run(training, data, start, observer, watch);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) { // Scala also throws checked exceptions
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        throw TrainingFailedException.whileSettingUp(watch.cause(cause), cause);
      }
    }
  }

  private <S> void run(
      String training,
      TrainingData<S> data,
      TrainingState start,
      TrainingObserver observer,
      ClusterWatch watch)
      throws Exception {
    watch.deadline().setUpBegins();
    Map<String, Integer> ranks = SampleShares.ranks(members, data, kept);
    EpochPlan plan =
        EpochPlan.of(
            ranks.size(),
            request.train().step().batchSize(),
            request.train().step().lastBatch(),
            topology);
    requireSameSteps(start, plan);
    try (SampleShares<S> shares = SampleShares.of(members, data, ranks, plan, kept)) {
      EngineOptions.requireAll(
          members.collect(
              shares.rdd().mapPartitions(ignored -> List.of(EngineOptions.current()).iterator())));
      BatchSpec<S> spec =
          new BatchSpec<>(training, data.loader(), request.seed(), plan, request.train().epochs());
      Broadcast<OptimizerState> remembered = remembered(start);
      try (Participants<S> participants =
          participants(shares.rdd(), spec, remembered, start, watch.lost())) {
        Optional<BatchLabels> labels = labels(shares.rdd(), spec);
        watch.deadline().ends();
        new TrainingLoop<>(
                request,
                plan,
                topology.replicas(),
                labels,
                start,
                participants,
                groups,
                observer,
                watch)
            .run();
      } finally {
        if (remembered != null) {
          remembered.destroy();
        }
      }
    }
  }

  private <S> Participants<S> participants(
      JavaRDD<SampleShare<S>> shares,
      BatchSpec<S> batches,
      Broadcast<OptimizerState> remembered,
      TrainingState start,
      LostExecutors lost)
      throws Exception {
    network.getParameters(); // makes the vectors flat, so that copies can share weights
    return Participants.begin(
        members,
        shares,
        new ParticipantSpec<>(
            topology,
            ModelBroadcast$.MODULE$
                .apply(BigDl.FLOAT, BigDl.NUMERIC)
                .broadcast(members.spark().sc(), network),
            criterion,
            batches,
            groups.groups(),
            request.learningRate(),
            request.train().step(),
            remembered,
            start.soFar().map(this::progress).orElse(List.of())),
        lost);
  }

  private List<ReplicaProgress> progress(EpochSoFar soFar) {
    List<ReplicaProgress> all = new ArrayList<>();
    for (int i = 0; i < soFar.terms().size(); i++) {
      all.add(
          new ReplicaProgress(
              layout.joinStatistics(soFar.estimates().get(i)),
              soFar.terms().get(i).stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return all;
  }

  private <S> Optional<BatchLabels> labels(JavaRDD<SampleShare<S>> shares, BatchSpec<S> spec)
      throws Exception {
    return request.loss().kind().terms().contains(LossConfig.Term.CENTER)
        ? Optional.of(BatchLabels.of(members, shares, spec))
        : Optional.empty();
  }

  private Broadcast<OptimizerState> remembered(TrainingState start) {
    return start.step() == 0
        ? null
        : members
            .spark()
            .broadcast(
                new OptimizerState(
                    groups.join(start.memory()),
                    request.train().step().emaDecay() == 0
                        ? new float[0]
                        : layout.join(start.averaged())));
  }

  private void requireSameSteps(TrainingState start, EpochPlan plan) {
    long stepInEpoch = start.step() - (long) start.epoch() * plan.steps();
    int replicas = start.soFar().map(soFar -> soFar.terms().size()).orElse(0);
    boolean same =
        replicas == 0
            ? stepInEpoch == 0
            : stepInEpoch > 0 && stepInEpoch < plan.steps() && replicas == topology.replicas();
    if (!same) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot resume after epoch %d at step %d where an epoch has %d steps: the data, the"
                  + " batch size or the number of replicas differ from those of the checkpoint;"
                  + " resume with the same",
              start.epoch(),
              start.step(),
              plan.steps()));
    }
  }
}
