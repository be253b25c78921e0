package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.SGD;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.model.NamedTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of DistriOptimizer, for all epochs: setting it up is slow, and each call leaves locked
 * blocks behind.
 */
final class DistributedRun {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedRun.class);

  private final TrainingEngine engine;
  private final AbstractModule<Activity, Activity, Object> network;
  private final ParameterLayout layout;
  private final AbstractCriterion<Activity, Activity, Object> criterion;
  private final TrainingRequest request;

  DistributedRun(
      TrainingEngine engine,
      AbstractModule<Activity, Activity, Object> network,
      ParameterLayout layout,
      AbstractCriterion<Activity, Activity, Object> criterion,
      TrainingRequest request) {
    this.engine = engine;
    this.network = network;
    this.layout = layout;
    this.criterion = criterion;
    this.request = request;
  }

  <S> TrainingState run(TrainingData<S> data, TrainingState start, TrainingObserver observer) {
    int executors = engine.topology().executors();
    JavaRDD<SampleShare<S>> shares = SampleShares.of(engine.spark(), data, executors);
    String training = UUID.randomUUID().toString();
    try {
      engine.prepare(shares);
      long samples = shares.map(share -> share.ids().size()).reduce(Integer::sum);
      EpochPlan plan = EpochPlan.of(samples, request.batchSize(), engine.topology());
      requireWholeEpochs(start, plan);
      TrainingDataSet<S> dataSet =
          new TrainingDataSet<>(
              shares,
              new BatchSpec<>(
                  training,
                  data.loader(),
                  request.seed(),
                  plan.steps(),
                  plan.samplesPerExecutor(),
                  request.epochs()));
      return optimize(training, plan, dataSet, start, observer);
    } finally {
      forget(training, executors);
      shares.unpersist(false);
    }
  }

  private <S> TrainingState optimize(
      String training,
      EpochPlan plan,
      TrainingDataSet<S> dataSet,
      TrainingState start,
      TrainingObserver observer) {
    TrainingHook hook = new TrainingHook(training, start.step(), momentum(start));
    TrainingLoop loop =
        new TrainingLoop(
            request,
            plan,
            dataSet,
            start,
            (epochs, steps) -> state(epochs, steps, TrainingSnapshot.take(hook)),
            observer);
    DistriOptimizer<Object> optimizer =
        new DistriOptimizer<>(network, dataSet, criterion, BigDl.FLOAT, BigDl.NUMERIC);
    optimizer.setCompressType("none"); // the default, 16 bits, changes results from the first step
    optimizer.setOptimMethod(sgd(start));
    optimizer.parameterProcessors().$plus$eq(hook);
    optimizer.setEndWhen(loop);
    try {
      optimizer.optimize();
    } catch (Exception e) {
      hook.abandon();
      throw failure(loop.position(), e);
    } finally {
      hook.close();
    }
    return loop.result();
  }

  private SGD<Object> sgd(TrainingState start) {
    SGD<Object> sgd = Sgd.of(request.optimizer(), request.learningRate());
    Table state = sgd.state();
    state.update("epoch", start.epoch() + 1);
    state.update("neval", Math.toIntExact(start.step() + 1));
    return sgd;
  }

  private Broadcast<float[]> momentum(TrainingState start) {
    return start.momentum().names().isEmpty()
        ? null
        : engine.spark().broadcast(layout.join(start.momentum()));
  }

  private TrainingState state(int epochs, long steps, TrainingSnapshot snapshot) {
    return new TrainingState(
        epochs,
        steps,
        layout.split(snapshot.weights(), snapshot.estimates()),
        snapshot.momentum().length == 0
            ? NamedTensors.of(Map.of())
            : layout.split(snapshot.momentum()));
  }

  private static void requireWholeEpochs(TrainingState start, EpochPlan plan) {
    if (start.step() != (long) start.epoch() * plan.steps()) {
      throw new IllegalArgumentException(
          "Cannot resume after epoch %d at step %d where an epoch has %d steps: the data, the batch size or the number of replicas differ from those of the checkpoint"
              .formatted(start.epoch(), start.step(), plan.steps()));
    }
  }

  /** What the user can act on: the sample that cannot be loaded, else Spark's own account. */
  private static RuntimeException failure(StepPosition position, Exception thrown) {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof SampleLoadingException)) {
      cause = cause.getCause();
    }
    if (cause != null) {
      return (SampleLoadingException) cause;
    }
    return new TrainingFailedException(
        position, thrown.getCause() == null ? thrown : thrown.getCause());
  }

  /** What a lost executor held for the training is gone with it. */
  private void forget(String training, int executors) {
    try {
      engine
          .spark()
          .parallelize(IntStream.range(0, executors).boxed().toList(), executors)
          .foreachPartition(
              ignored -> {
                BatchFeed.close(training);
                ReplicaGuard.end(training);
              });
    } catch (RuntimeException e) {
      LOG.warn("Cannot clean up after training {}: {}", training, e.getMessage());
    }
  }
}
