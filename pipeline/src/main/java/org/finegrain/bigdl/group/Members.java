package org.finegrain.bigdl.group;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.interop.JobWait;
import org.finegrain.bigdl.interop.Place;
import org.finegrain.bigdl.interop.PlacedRdd;
import org.finegrain.engine.Topology;

/**
 * The executors that a training uses from its set-up to its end. Where they are all executors of an
 * application, Spark places their tasks as it likes. Else each task runs on one of them, or not at
 * all.
 */
public final class Members {
  private final JavaSparkContext spark;
  private final Topology topology;
  private final Optional<Seated> seated;

  private record Seated(ExecutorPlaces all, List<Place> places) {}

  private Members(JavaSparkContext spark, Topology topology, Optional<Seated> seated) {
    this.spark = spark;
    this.topology = topology;
    this.seated = seated;
  }

  static Members all(JavaSparkContext spark, Topology topology) {
    return new Members(spark, topology, Optional.empty());
  }

  static Members of(
      JavaSparkContext spark, Topology topology, ExecutorPlaces all, List<Place> places) {
    return new Members(spark, topology, Optional.of(new Seated(all, places)));
  }

  /** Returns the Spark context of the application. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** Returns the executors and replicas. */
  public Topology topology() {
    return topology;
  }

  /** Returns whether these are all executors of the application. */
  public boolean areAll() {
    return seated.isEmpty();
  }

  /**
   * Returns an RDD of the same elements, each of whose partitions any of these executors computes.
   */
  public <T> JavaRDD<T> within(JavaRDD<T> rdd) {
    return seated
        .map(it -> PlacedRdd.of(rdd, Collections.nCopies(rdd.getNumPartitions(), it.places())))
        .orElse(rdd);
  }

  /**
   * Returns an RDD of the same elements, whose partitions are divided over these executors in equal
   * runs: the first partitions belong to the first executor.
   */
  public <T> JavaRDD<T> spread(JavaRDD<T> rdd) {
    return seated.map(it -> spread(rdd, it.places())).orElse(rdd);
  }

  private static <T> JavaRDD<T> spread(JavaRDD<T> rdd, List<Place> places) {
    int partitions = rdd.getNumPartitions();
    return PlacedRdd.of(
        rdd,
        IntStream.range(0, partitions)
            .mapToObj(i -> List.of(places.get((int) ((long) i * places.size() / partitions))))
            .toList());
  }

  /**
   * Returns the elements of an RDD that {@link #within} or {@link #spread} placed.
   *
   * @throws ExecutionException if the job fails, or one of these executors is lost meanwhile
   */
  public <T> List<T> collect(JavaRDD<T> placed) throws ExecutionException, InterruptedException {
    return areAll() ? placed.collect() : JobWait.await(placed.collectAsync(), this::loss);
  }

  /**
   * Returns an RDD with a partition on each executor that is left, or on each slot where these are
   * all executors of the application.
   */
  public JavaRDD<Integer> onEach() {
    List<Place> left =
        seated.stream()
            .flatMap(it -> it.places().stream().filter(place -> it.all().loss(place).isEmpty()))
            .toList();
    if (areAll()) {
      return numbers(spark.defaultParallelism());
    }
    return left.isEmpty() ? spark.emptyRDD() : spread(numbers(left.size()), left);
  }

  private JavaRDD<Integer> numbers(int count) {
    return spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  /**
   * Returns in a phrase for the user which of these executors were lost since they are together;
   * empty if none was. Where they are all of the application, it is always empty.
   */
  public Optional<String> loss() {
    String losses =
        seated.stream()
            .flatMap(it -> it.places().stream().map(place -> it.all().loss(place)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return losses.isEmpty() ? Optional.empty() : Optional.of(losses);
  }

  /** Returns the ids of the executors in words; members of the same ones have the same. */
  @Override
  public String toString() {
    return seated
        .map(it -> "executors " + it.places().stream().map(Place::executor).toList())
        .orElse("all executors");
  }
}
