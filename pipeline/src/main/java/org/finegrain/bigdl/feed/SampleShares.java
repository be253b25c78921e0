package org.finegrain.bigdl.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.bigdl.group.Members;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import scala.Tuple2;

/**
 * The division of a training's samples over the executors, by an {@link EpochPlan}. Each executor
 * keeps its share in memory until this is closed, or longer in {@link KeptSamples}.
 */
public final class SampleShares<S> implements AutoCloseable {
  /**
   * The number of attempts. Spark chooses where to put a partition, and may put two on one
   * executor; then they are placed anew.
   */
  private static final int PLACEMENTS = 5;

  private final JavaRDD<SampleShare<S>> rdd;
  private final KeptSamples.Shares<S> kept;
  private final boolean longer;

  private SampleShares(JavaRDD<SampleShare<S>> rdd, KeptSamples.Shares<S> kept, boolean longer) {
    this.rdd = rdd;
    this.kept = kept;
    this.longer = longer;
  }

  /**
   * Places one share on each executor.
   *
   * @param members the executors
   * @param sampleRanks see {@link #ranks}
   * @param store keeps the shares of data that have a source
   * @throws TrainingFailedException if Spark places two shares on one executor time and again
   * @throws ExecutionException if the shares cannot be read, or one of a group's executors is lost
   */
  public static <S> SampleShares<S> of(
      Members members,
      TrainingData<S> data,
      Map<String, Integer> sampleRanks,
      EpochPlan plan,
      KeptSamples store)
      throws ExecutionException, InterruptedException {
    int executors = plan.executors();
    for (int i = 0; i < PLACEMENTS; i++) {
      KeptSamples.Shares<S> kept =
          data.source()
              .flatMap(source -> store.<S>shares(source, division(members, plan)))
              .orElseGet(() -> shares(members, data, sampleRanks, plan));
      // Placed after it is kept: Spark would hand a kept partition to any executor that asks.
      JavaRDD<SampleShare<S>> placed = members.spread(kept.rdd());
      boolean stay = false;
      try {
        stay =
            members.collect(placed.map(share -> SparkEnv.get().executorId())).stream()
                    .distinct()
                    .count()
                == executors;
      } finally {
        if (!stay) {
          store.remove(kept);
          kept.drop(members.areAll()); // a lost executor of a group would not answer
        }
      }
      if (stay) {
        data.source().ifPresent(source -> store.keep(source, kept));
        return new SampleShares<>(placed, kept, data.source().isPresent());
      }
    }
    throw TrainingFailedException.whileSettingUp(
        String.format(
            Locale.ROOT,
            "Spark does not place %d shares of the samples on %d different executors; check that"
                + " all executors are registered, set"
                + " spark.scheduler.minRegisteredResourcesRatio=1.0, and give every executor the"
                + " same number of cores",
            executors,
            executors),
        null);
  }

  /** Returns the shares, one in each partition, in the order of the executors. */
  public JavaRDD<SampleShare<S>> rdd() {
    return rdd;
  }

  @Override
  public void close() {
    if (!longer) {
      kept.drop(false);
    }
  }

  /**
   * Returns the rank of every sample in the order of the ids, from 0, by id.
   *
   * @param store keeps the ranks of data that have a source
   * @throws IllegalArgumentException if two samples have the same id
   */
  public static <S> Map<String, Integer> ranks(
      Members members, TrainingData<S> data, KeptSamples store)
      throws ExecutionException, InterruptedException {
    Optional<Map<String, Integer>> known = data.source().flatMap(store::ranks);
    if (known.isPresent()) {
      return known.get();
    }
    Map<String, Integer> ranks = ranks(members, data);
    data.source().ifPresent(source -> store.keepRanks(source, ranks));
    return ranks;
  }

  private static <S> Map<String, Integer> ranks(Members members, TrainingData<S> data)
      throws ExecutionException, InterruptedException {
    SampleLoader<S> loader = data.loader();
    String[] ids =
        members.collect(members.within(data.samples().map(loader::id))).toArray(String[]::new);
    Arrays.sort(ids);
    Map<String, Integer> ranks = new HashMap<>();
    for (String id : ids) {
      if (ranks.put(id, ranks.size()) != null) {
        throw new IllegalArgumentException("Two samples have the same id: " + id);
      }
    }
    return ranks;
  }

  private static <S> KeptSamples.Shares<S> shares(
      Members members, TrainingData<S> data, Map<String, Integer> sampleRanks, EpochPlan plan) {
    SampleLoader<S> loader = data.loader();
    Broadcast<Map<String, Integer>> ranks = members.spark().broadcast(sampleRanks);
    JavaRDD<SampleShare<S>> rdd =
        JavaPairRDD.fromJavaRDD(
                members.within(
                    data.samples()
                        .map(sample -> new Tuple2<>(ranks.value().get(loader.id(sample)), sample))))
            .partitionBy(new ByExecutor(plan))
            .mapPartitions(
                ranked -> {
                  List<Tuple2<Integer, S>> rows = new ArrayList<>();
                  ranked.forEachRemaining(rows::add);
                  rows.sort((a, b) -> Integer.compare(a._1(), b._1()));
                  List<S> samples = rows.stream().map(Tuple2::_2).toList();
                  return List.of(
                          new SampleShare<>(samples, samples.stream().map(loader::id).toList()))
                      .iterator();
                });
    return new KeptSamples.Shares<>(division(members, plan), rdd.persist(KeptSamples.LEVEL), ranks);
  }

  /**
   * Returns a text that tells divisions apart. Shares of executors that are lost since cannot be
   * computed again, as their samples are read by tasks that stay on these executors.
   */
  private static String division(Members members, EpochPlan plan) {
    return plan.division() + " " + members;
  }

  /** Puts a sample, whose key is its rank, on the executor that the plan names. */
  private static final class ByExecutor extends Partitioner {
    private final EpochPlan plan;

    ByExecutor(EpochPlan plan) {
      this.plan = plan;
    }

    @Override
    public int numPartitions() {
      return plan.executors();
    }

    @Override
    public int getPartition(Object rank) {
      return plan.executorOf((Integer) rank);
    }
  }
}
