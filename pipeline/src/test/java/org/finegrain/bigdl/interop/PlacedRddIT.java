package org.finegrain.bigdl.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.finegrain.cluster.StandaloneCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests tasks whose preferred places Spark disregards, on two executors of one host. */
class PlacedRddIT {
  private static final int TASKS = 16;

  @TempDir private Path folder;

  @Test
  void aMisplacedTaskIsPlacedAgain() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, 1);
        JavaSparkContext spark = new JavaSparkContext(hasty(cluster))) {
      while (Place.registered(spark.sc()).size() < 2) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      Killed killed = new Killed();
      spark.sc().addSparkListener(killed);
      Place place = Place.registered(spark.sc()).get(0);
      List<Integer> numbers = IntStream.range(0, TASKS).boxed().toList();
      JavaRDD<String> places =
          PlacedRdd.of(
                  spark.parallelize(numbers, TASKS), Collections.nCopies(TASKS, List.of(place)))
              .map(PlacedRddIT::executor);
      assertThat(places.collect()).hasSize(TASKS).containsOnly(place.executor());
      spark.sc().listenerBus().waitUntilEmpty();
      assertThat(killed.count.get()).as("tasks that were misplaced").isPositive();

      Place gone = new Place("99", place.host());
      JavaRDD<Integer> nowhere =
          PlacedRdd.of(spark.parallelize(numbers, 1), List.of(List.of(gone)));
      assertThatThrownBy(nowhere::collect)
          .hasMessageContaining("a task of executor [99] was placed on executor ");
    }
  }

  /** Returns settings by which Spark gives a task to the first executor that is free. */
  private static SparkConf hasty(StandaloneCluster cluster) {
    return cluster
        .conf("mkldnn")
        .setAppName("test")
        .set("spark.ui.enabled", "false")
        .set("spark.locality.wait", "0s");
  }

  private static String executor(int number) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50); // so that the other executor is free meanwhile
    return SparkEnv.get().executorId();
  }

  /** Counts the tasks that end as killed. */
  private static final class Killed extends SparkListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.taskInfo().killed()) {
        count.incrementAndGet();
      }
    }
  }
}
