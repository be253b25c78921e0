package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.models.utils.CachedModels;
import com.intel.analytics.bigdl.dllib.models.utils.ModelBroadcast;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer$;
import com.intel.analytics.bigdl.dllib.optim.Metrics;
import com.intel.analytics.bigdl.dllib.optim.OptimMethod;
import com.intel.analytics.bigdl.dllib.optim.Trigger;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.ParameterProcessor;
import com.intel.analytics.bigdl.dllib.utils.T$;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.finegrain.config.GradientCompression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map.Map1;
import scala.collection.mutable.ArrayBuffer;
import scala.reflect.ClassTag$;

/**
 * The copies of a network that executors train, and BigDL's loop over them. It is the loop of
 * {@link DistriOptimizer}, called below its constructor: what that adds is settings that are not
 * wanted (16-bit gradients) and the network's way back to the driver, which snapshots replace.
 */
final class Replicas implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
  private static final Duration CLEANING = Duration.ofMinutes(1);

  private final String training;
  private final AbstractModule<Activity, Activity, Object> network;
  private final TrainingDataSet<?> dataSet;
  private final Topology topology;
  private final AllReduceParameter<Object> parameters;
  private final Map<String, OptimMethod<Object>> optimizers;
  private final Map<String, Tuple2<Object, Object>> extents;
  private final RDD<DistriOptimizer.CacheV1<Object>> models;
  private final ModelBroadcast<Object> broadcast;

  private Replicas(
      String training,
      Topology topology,
      AbstractModule<Activity, Activity, Object> network,
      AbstractCriterion<Activity, Activity, Object> criterion,
      FlatOptimizer optimizer,
      TrainingDataSet<?> dataSet,
      GradientCompression compression) {
    this.training = training;
    this.topology = topology;
    this.network = network;
    this.dataSet = dataSet;
    int size = network.getParameters()._1().nElement();
    parameters = parameters(size, compression);
    optimizers = new Map1<>(network.getName(), optimizer);
    extents = new Map1<>(network.getName(), new Tuple2<>(1, size));
    Tuple2<RDD<DistriOptimizer.CacheV1<Object>>, ModelBroadcast<Object>> started =
        DistriOptimizer$.MODULE$.initThreadModels(
            network,
            dataSet,
            criterion,
            settings(),
            topology.executors(),
            topology.coresPerExecutor(),
            false, // where the partitions are has been checked
            parameters,
            extents,
            Option.empty(),
            optimizers,
            new ArrayBuffer<>(),
            BigDl.FLOAT,
            BigDl.NUMERIC);
    models = started._1();
    broadcast = started._2();
    if (parameters instanceof ExchangedParameters exchanged) {
      exchanged.liveAt(
          rdd().map(replica -> SparkEnv.get().blockManager().blockManagerId()).collect());
    }
  }

  /**
   * @param training tells the trainings of one application apart
   * @param compression of what executors exchange; one alone exchanges nothing
   */
  static Replicas start(
      String training,
      Topology topology,
      AbstractModule<Activity, Activity, Object> network,
      AbstractCriterion<Activity, Activity, Object> criterion,
      FlatOptimizer optimizer,
      TrainingDataSet<?> dataSet,
      GradientCompression compression) {
    return new Replicas(training, topology, network, criterion, optimizer, dataSet, compression);
  }

  String training() {
    return training;
  }

  /** A partition for each executor. */
  JavaRDD<DistriOptimizer.Cache<Object>> rdd() {
    return new JavaRDD<>(
        BigDl.cast(models), BigDl.cast(ClassTag$.MODULE$.apply(DistriOptimizer.Cache.class)));
  }

  AllReduceParameter<Object> parameters() {
    return parameters;
  }

  /**
   * Does steps until {@code endWhen}, which is asked before each.
   *
   * @param processors that work on gradients before each update, in this order
   */
  void train(Trigger endWhen, List<ParameterProcessor> processors, Metrics metrics) {
    DistriOptimizer$.MODULE$.optimize(
        network,
        dataSet,
        topology.coresPerExecutor(),
        settings(),
        endWhen,
        metrics,
        models,
        optimizers,
        parameters,
        extents,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        false,
        processors.toArray(ParameterProcessor[]::new),
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }

  /** Frees the native memory; what a lost executor held is gone with it. */
  @Override
  public void close() {
    String id = training;
    String key = broadcast.uuid();
    try {
      dataSet.onExecutors(
          () -> {
            BatchFeed.close(id);
            ReplicaGuard.end(id);
            LocalParameters.forget(id);
            ExchangedParameters.forget(id);
            CachedModels.deleteKey(key, BigDl.FLOAT, BigDl.NUMERIC);
          },
          CLEANING);
    } catch (ExecutionException e) {
      LOG.warn("Cannot clean up after training {}: {}", training, e.getCause().getMessage());
    } catch (TimeoutException e) {
      LOG.warn(
          "Cannot clean up after training {}: waited {} s for executors",
          training,
          CLEANING.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    models.unpersist(false);
  }

  private AllReduceParameter<Object> parameters(int size, GradientCompression compression) {
    int executors = topology.executors();
    return executors == 1
        ? new LocalParameters(training, size)
        : new ExchangedParameters(training, executors, size, compression);
  }

  /** No step is dropped for being slow. */
  private static Table settings() {
    Table settings = T$.MODULE$.apply();
    settings.update("dropPercentage", 0.0);
    settings.update("maxDropPercentage", 0.0);
    settings.update("warmupIterationNum", 0);
    settings.update("computeThresholdbatchSize", 1);
    return settings;
  }
}
