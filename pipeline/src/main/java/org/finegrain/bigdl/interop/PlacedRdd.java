package org.finegrain.bigdl.interop;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An RDD whose partitions are computed on executors of one's choice. Spark takes preferred places
 * for a wish, and gives the tasks of a dead executor to others of its host. So each task looks
 * where it runs, and has itself placed again if that is not a place of its partition.
 *
 * @param <T> the type of an element
 */
public final class PlacedRdd<T> extends RDD<T> {
  /** The attempts at a task after which it fails in earnest, for jobs that nobody watches. */
  private static final int MOST_ATTEMPTS = 50;

  private static final long PAUSE_MILLIS = 100;

  /** For each partition, the places where it may be computed. */
  private final List<List<Place>> places;

  private PlacedRdd(RDD<T> parent, List<List<Place>> places) {
    super(parent, parent.elementClassTag());
    this.places = places;
  }

  /**
   * Returns an RDD of the same elements in the same partitions.
   *
   * @param places for each partition, the executors that may compute it; at least one
   */
  public static <T> JavaRDD<T> of(JavaRDD<T> rdd, List<List<Place>> places) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
    return JavaRDD.fromRDD(new PlacedRdd<>(rdd.rdd(), places), tag);
  }

  @Override
  public Partition[] getPartitions() {
    return parent().partitions();
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    return BigDl.seq(places.get(partition.index()).stream().map(Place::location).toList());
  }

  @Override
  public Iterator<T> compute(Partition partition, TaskContext task) {
    String here = SparkEnv.get().executorId();
    if (places.get(partition.index()).stream().noneMatch(place -> place.executor().equals(here))) {
      throw misplaced(partition, task, here);
    }
    return parent().iterator(partition, task);
  }

  /**
   * Returns the exception that has Spark place a task again. Spark counts a task that is killed
   * among no failures.
   */
  private RuntimeException misplaced(Partition partition, TaskContext task, String here) {
    String text =
        String.format(
            Locale.ROOT,
            "a task of executor %s was placed on executor %s",
            places.get(partition.index()).stream().map(Place::executor).toList(),
            here);
    if (task.attemptNumber() >= MOST_ATTEMPTS) {
      return new IllegalStateException(text);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // until Spark knows that an executor is lost
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new TaskKilledException(text);
  }

  private RDD<T> parent() {
    return firstParent(elementClassTag());
  }
}
