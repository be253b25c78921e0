package org.finegrain.bigdl;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.exchange.Rendezvous;
import org.finegrain.bigdl.exchange.RendezvousClient;

/**
 * Measures how long executors take to meet. Tasks stand in for the executors: {@code
 * RendezvousBenchmark FEW MANY} times meetings of few and of many. It prints the seconds by which
 * each further executor lengthens a meeting, from the medians of warm meetings.
 */
public final class RendezvousBenchmark {
  private static final int MEETINGS = 1000;

  private RendezvousBenchmark() {}

  public static void main(String[] args) {
    int few = Integer.parseInt(args[0]);
    int many = Integer.parseInt(args[1]);
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("rendezvous"))) {
      double shorter = seconds(spark, few);
      double longer = seconds(spark, many);
      System.err.printf("%d: %.5f s, %d: %.5f s%n", few, shorter, many, longer);
      System.out.println((longer - shorter) / (many - few));
    }
  }

  private static double seconds(JavaSparkContext spark, int executors) {
    String training = "benchmark-" + executors;
    List<Integer> items = Collections.nCopies(executors, 1);
    try (Rendezvous rendezvous = Rendezvous.open(training, executors)) {
      return median(
          spark
              .parallelize(items, executors)
              .mapPartitions(ignored -> List.of(times(training, executors)).iterator())
              .collect()
              .get(0));
    }
  }

  private static double[] times(String training, int executors) {
    RendezvousClient meeting =
        RendezvousClient.of(training, TaskContext.getPartitionId(), executors);
    double[] times = new double[MEETINGS];
    for (int i = 0; i < MEETINGS; i++) {
      long start = System.nanoTime();
      meeting.gather();
      times[i] = (System.nanoTime() - start) / 1e9;
    }
    return times;
  }

  /** Returns the median of the second half. */
  private static double median(double[] times) {
    double[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
