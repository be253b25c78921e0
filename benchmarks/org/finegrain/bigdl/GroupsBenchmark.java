package org.finegrain.bigdl;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.exchange.Rendezvous;
import org.finegrain.bigdl.exchange.RendezvousClient;

/**
 * Measures what a driver has to do for many groups of one executor that train at a time. Tasks
 * stand in for the executors: they sleep instead of computing a step, and end it at the driver as
 * executors do, by jobs and messages of the same classes. {@code GroupsBenchmark MILLIS GROUPS...}
 * prints for each number of groups the steps a second over all groups, the driver's processor time
 * a step, the median and the 99th percentile of the time that an executor waits at the end of a
 * step, and the driver's live heap.
 */
public final class GroupsBenchmark {
  private static final int EPOCHS = 4;
  private static final int STEPS = 25;
  private static final int REPORT = 12; // as many numbers as an executor reports of a step

  private GroupsBenchmark() {}

  public static void main(String[] args) throws Exception {
    int millis = Integer.parseInt(args[0]);
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("groups"))) {
      measure(spark, 2, millis); // compiles what runs often
      System.out.println(
          "groups,steps_per_second,driver_cpu_ms_per_step,wait_ms_median,wait_ms_99,heap_live_mib");
      for (String groups : Arrays.asList(args).subList(1, args.length)) {
        System.out.println(measure(spark, Integer.parseInt(groups), millis));
      }
    }
  }

  private static String measure(JavaSparkContext spark, int groups, int millis) throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(groups);
    AtomicLong steps = new AtomicLong();
    List<Callable<double[]>> trials =
        IntStream.range(0, groups)
            .<Callable<double[]>>mapToObj(
                group -> () -> train(spark, "group-" + groups + "-" + group, millis, steps))
            .toList();
    long processor = processorNanos();
    long start = System.nanoTime();
    List<Future<double[]>> running = trials.stream().map(lanes::submit).toList();
    double heap = liveHeapAfter(start, (long) (0.5 * EPOCHS * STEPS * millis));
    double[] waits = new double[0];
    for (Future<double[]> one : running) {
      double[] its = one.get();
      waits = Arrays.copyOf(waits, waits.length + its.length);
      System.arraycopy(its, 0, waits, waits.length - its.length, its.length);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double busy = (processorNanos() - processor) / 1e6;
    lanes.shutdown();
    Arrays.sort(waits);
    return String.format(
        Locale.ROOT,
        "%d,%.0f,%.3f,%.2f,%.2f,%.0f",
        groups,
        steps.get() / seconds,
        busy / steps.get(),
        waits[waits.length / 2],
        waits[(int) (0.99 * waits.length)],
        heap);
  }

  /** Leads one group as the driver does: a job for each epoch, an answer after each step. */
  private static double[] train(
      JavaSparkContext spark, String training, int millis, AtomicLong steps)
      throws ExecutionException, InterruptedException {
    double[] waits = new double[0];
    try (Rendezvous rendezvous = Rendezvous.open(training, 1)) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        JavaFutureAction<Void> job =
            spark
                .parallelize(List.of(1), 1)
                .foreachPartitionAsync(ignored -> computeSteps(training, millis));
        for (int step = 1; step <= STEPS; step++) {
          double wait = rendezvous.awaitReports(job, Optional::empty)[0][0];
          rendezvous.answer(step < STEPS ? Optional.of(new int[0]) : Optional.empty());
          steps.incrementAndGet();
          if (step > 1) { // the report of the first step of an epoch knows no wait
            waits = Arrays.copyOf(waits, waits.length + 1);
            waits[waits.length - 1] = wait;
          }
        }
        job.get();
      }
    }
    return waits;
  }

  /** Stands in for an executor. Reports, in milliseconds, how long the step before waited. */
  private static void computeSteps(String training, int millis) throws InterruptedException {
    RendezvousClient meeting = RendezvousClient.of(training, 0, 1);
    double[] report = new double[REPORT];
    Optional<int[]> next = Optional.of(new int[0]);
    while (next.isPresent()) {
      TimeUnit.MILLISECONDS.sleep(millis);
      long start = System.nanoTime();
      next = meeting.endStep(report);
      report[0] = (System.nanoTime() - start) / 1e6;
    }
  }

  /** Waits until the groups are half way, and returns what a garbage collection then leaves. */
  private static double liveHeapAfter(long start, long millis) throws InterruptedException {
    long left = millis - (System.nanoTime() - start) / 1_000_000;
    TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(usage -> usage != null)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / 1048576.0;
  }

  private static long processorNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
