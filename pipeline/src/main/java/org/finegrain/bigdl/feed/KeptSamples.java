package org.finegrain.bigdl.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.finegrain.bigdl.interop.BigDl;

/**
 * The samples that the executors of a group keep from one training to the next, so that the trials
 * of a sweep read a dataset once. Those of one source are kept at a time: who asks for another has
 * them dropped. Spark keeps them in memory as far as it has room for them, and the rest on disk.
 *
 * <p>A group does one training at a time, and so are all calls.
 */
public final class KeptSamples {
  static final StorageLevel LEVEL = StorageLevel.MEMORY_AND_DISK();

  private final Map<String, JavaRDD<?>> parts = new HashMap<>();
  private String source = "";
  private Map<String, Integer> ranks;
  private Shares<?> shares;

  /**
   * The train samples as they are divided over executors.
   *
   * @param division tells divisions apart
   * @param rdd one share in each partition
   * @param ranks what its partitions are computed with
   */
  record Shares<S>(
      String division, JavaRDD<SampleShare<S>> rdd, Broadcast<Map<String, Integer>> ranks) {
    /**
     * Drops the shares.
     *
     * @param wait whether to wait until all executors have; a lost one does not answer
     */
    void drop(boolean wait) {
      rdd.unpersist(wait);
      ranks.destroy();
    }
  }

  /**
   * Returns the samples of a part of a source, which are read the first time that they are asked
   * for.
   *
   * @param from the name of the source, which changes when its samples do
   * @param read returns the samples
   * @param partitions the greatest number of partitions to keep them in
   */
  public synchronized <S> JavaRDD<S> part(
      String from, String name, int partitions, Supplier<JavaRDD<S>> read) {
    turnTo(from);
    return BigDl.cast(
        parts.computeIfAbsent(name, it -> read.get().coalesce(partitions).persist(LEVEL)));
  }

  /** Returns the ranks of the train samples of a source; empty if they are not known. */
  synchronized Optional<Map<String, Integer>> ranks(String from) {
    turnTo(from);
    return Optional.ofNullable(ranks);
  }

  synchronized void keepRanks(String from, Map<String, Integer> known) {
    turnTo(from);
    ranks = known;
  }

  /** Returns the shares of a source in a division; empty if they are not kept. */
  synchronized <S> Optional<Shares<S>> shares(String from, String division) {
    turnTo(from);
    return Optional.ofNullable(shares)
        .filter(it -> it.division().equals(division))
        .map(BigDl::<Shares<S>>cast);
  }

  /** Keeps the shares in place of those that are kept now. */
  synchronized void keep(String from, Shares<?> wanted) {
    turnTo(from);
    if (shares != null && !shares.equals(wanted)) {
      shares.drop(false);
    }
    shares = wanted;
  }

  /** Drops shares if they are kept, because they are of no use. */
  synchronized void remove(Shares<?> useless) {
    if (Objects.equals(shares, useless)) {
      shares = null;
    }
  }

  /** Drops everything that comes from another source. */
  private void turnTo(String from) {
    if (from.equals(source)) {
      return;
    }
    source = from;
    ranks = null;
    parts.values().forEach(part -> part.unpersist(false));
    parts.clear();
    if (shares != null) {
      shares.drop(false);
      shares = null;
    }
  }
}
