import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times Spark jobs of few and of many tasks that do nothing, on executors of one core each:
 * TaskBenchmark EXECUTORS. Prints the seconds by which a job grows with each task, from medians of
 * warm jobs.
 */
public final class TaskBenchmark {
  private static final int MANY = 64;
  private static final int JOBS = 60;

  private TaskBenchmark() {}

  public static void main(String[] args) {
    int few = Integer.parseInt(args[0]);
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("tasks"))) {
      double[] shorter = new double[JOBS];
      double[] longer = new double[JOBS];
      for (int i = 0; i < JOBS; i++) { // in turn, so that both meet the same noise
        shorter[i] = seconds(spark, few);
        longer[i] = seconds(spark, MANY);
      }
      System.out.println((median(longer) - median(shorter)) / (MANY - few));
    }
  }

  private static double seconds(JavaSparkContext spark, int tasks) {
    List<Integer> items = Collections.nCopies(tasks, 1);
    long start = System.nanoTime();
    spark.parallelize(items, tasks).count();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Of the second half. */
  private static double median(double[] times) {
    double[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
