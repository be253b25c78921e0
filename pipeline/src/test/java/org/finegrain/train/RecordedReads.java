package org.finegrain.train;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Records which split is read when, and how many rows each kind of job reads. A local file system
 * under another scheme gives the first, Spark's metrics give the second.
 */
final class RecordedReads extends SparkListener implements AutoCloseable {
  private static final String SCHEME = "recorded";
  private static final long PATIENCE_MILLIS = 30_000;
  private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
  private static final AtomicReference<String> REFUSED = new AtomicReference<>();

  private final SparkSession spark;
  private final Map<Integer, String> stages = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> rows = new ConcurrentHashMap<>();

  private RecordedReads(SparkSession spark) {
    this.spark = spark;
  }

  static RecordedReads of(SparkSession spark) {
    EVENTS.clear();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs." + SCHEME + ".impl", RecordedFileSystem.class.getName());
    RecordedReads reads = new RecordedReads(spark);
    spark.sparkContext().addSparkListener(reads);
    return reads;
  }

  /** Returns the location of {@code folder} in the file system that records. */
  static String location(Path folder) {
    return SCHEME + ":" + folder.toAbsolutePath();
  }

  /**
   * Returns the events in order, such as {@code open train}, {@code open val} and {@code epoch 1}.
   */
  List<String> events() {
    return List.copyOf(EVENTS);
  }

  /** Lets the next read of a split fail, once. */
  void refuseOnce(String split) {
    REFUSED.set(split);
  }

  RunListener epochs() {
    return metrics -> EVENTS.add("epoch " + metrics.epoch());
  }

  /** Returns the rows read by all jobs whose description contains {@code description}. */
  long rowsRead(String description) throws TimeoutException {
    spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    return rows.entrySet().stream()
        .filter(entry -> entry.getKey().contains(description))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    stages.put(
        submitted.stageInfo().stageId(), properties.getProperty("spark.job.description", ""));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    rows.computeIfAbsent(stages.getOrDefault(end.stageId(), ""), it -> new LongAdder())
        .add(end.taskMetrics().inputMetrics().recordsRead());
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }

  /** A file system that Hadoop creates by its class name. */
  public static final class RecordedFileSystem extends RawLocalFileSystem {
    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public URI getUri() {
      return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws java.io.IOException {
      if (file.getName().endsWith(".parquet")) {
        String split = file.getParent().getName();
        EVENTS.add("open " + split);
        if (REFUSED.compareAndSet(split, null)) {
          throw new java.io.IOException("the store is busy");
        }
      }
      return super.open(file, bufferSize);
    }
  }
}
