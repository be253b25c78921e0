package org.finegrain.bigdl.group;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.interop.Place;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingFailedException;

/**
 * The executors that one training at a time may use: all of an application, or some of them. Which
 * they are changes when one is lost and another takes its seat; how many does not.
 */
public final class ExecutorGroup {
  private final JavaSparkContext spark;
  private final Topology topology;

  /** The seats of the whole application, and the first of this group; empty for the whole. */
  private final Optional<Seats> seats;

  private record Seats(ExecutorPlaces all, int first) {}

  private ExecutorGroup(JavaSparkContext spark, Topology topology, Optional<Seats> seats) {
    this.spark = spark;
    this.topology = topology;
    this.seats = seats;
  }

  /** Returns the group of all executors of an application. */
  public static ExecutorGroup ofAll(JavaSparkContext spark, Topology topology) {
    return new ExecutorGroup(spark, topology, Optional.empty());
  }

  /**
   * Takes the executors of an application in groups. Executors of one host are grouped first.
   *
   * @param topology all executors of the application
   * @param size the number of executors in each group, which divides the number of all
   */
  public static List<ExecutorGroup> divide(JavaSparkContext spark, Topology topology, int size) {
    ExecutorPlaces places = ExecutorPlaces.follow(spark.sc(), topology.executors());
    Topology ofGroup = topology.withExecutors(size);
    return IntStream.range(0, topology.executors() / size)
        .mapToObj(i -> new ExecutorGroup(spark, ofGroup, Optional.of(new Seats(places, i * size))))
        .toList();
  }

  /** Returns the Spark context of the application. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** Returns the executors and replicas of this group. */
  public Topology topology() {
    return topology;
  }

  /**
   * Returns the number of executors of this group that are registered now. A driver that does the
   * work itself counts as one.
   */
  public int registered() {
    if (seats.isPresent()) {
      return seated().size();
    }
    return spark.isLocal() ? 1 : spark.sc().statusTracker().getExecutorInfos().length - 1;
  }

  private List<Place> seated() {
    return seats.orElseThrow().all().seated(seats.orElseThrow().first(), topology.executors());
  }

  /**
   * Returns the executors that this group has now.
   *
   * @throws TrainingFailedException if one was lost that is not replaced yet
   */
  public Members members() {
    if (seats.isEmpty()) {
      return Members.all(spark, topology);
    }
    List<Place> present = seated();
    if (present.size() < topology.executors()) {
      throw TrainingFailedException.withoutExecutors(
          String.format(
              Locale.ROOT,
              "%d of the %d executors of its group are lost, and not replaced yet",
              topology.executors() - present.size(),
              topology.executors()),
          null);
    }
    return Members.of(spark, topology, seats.get().all(), present);
  }
}
