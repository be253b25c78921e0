package org.finegrain.report;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;

/** Writes a made-up sweep of many runs, and times the report on it. */
public final class ReportScaleBenchmark {
  private static final int IMAGES = 6000;
  private static final int VARIANTS = 24;
  private static final int EPOCHS = 100;
  private static final String[] ETAS = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
  private static final String[] KS = {"1", "3", "5", "7", "9"};

  private ReportScaleBenchmark() {}

  /**
   * Does one of two things.
   *
   * @param arguments {@code write DIR RUNS}, or {@code measure DIR OUT}
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("write")) {
      write(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      measure(arguments[1], arguments[2]);
    }
  }

  private static int hits(int variant) {
    return IMAGES * 4 / 5 + 7 * variant;
  }

  private static void write(Path sweep, int runs) throws IOException {
    Path variants = sweep.resolveSibling("variants");
    for (int variant = 0; variant < VARIANTS; variant++) {
      Path folder = variants.resolve(Integer.toString(variant));
      if (!Files.exists(folder)) {
        FakePredictions.of(IMAGES, hits(variant)).write(folder);
      }
    }
    FakeSweep plan = new FakeSweep(sweep, "made-up");
    for (int run = 0; run < runs; run++) {
      String eta = ETAS[run % ETAS.length];
      String k = KS[run / ETAS.length % KS.length];
      int seed = 1 + run / (ETAS.length * KS.length);
      String id = plan.planned("cub", eta, k, seed);
      int variant = (run * 7 + seed) % VARIANTS;
      write(sweep.resolve("trials").resolve(id), id, seed, variant);
      copy(variants.resolve(Integer.toString(variant)), sweep.resolve("trials").resolve(id));
    }
    plan.build();
  }

  private static void write(Path run, String id, int seed, int variant) throws IOException {
    Files.createDirectories(run);
    double top1 = (double) hits(variant) / IMAGES;
    Files.writeString(
        run.resolve("result.json"),
        String.format(
            Locale.ROOT,
            "{\"format\":1,\"run-id\":\"%s\",\"dataset\":\"cub\",\"data-fingerprint\":\"f1\","
                + "\"seed\":%d,\"state\":\"completed\",\"message\":null,\"epochs\":%d,"
                + "\"best-epoch\":%d,\"val\":null,\"test\":{\"samples\":%d,\"top1\":%s},"
                + "\"classes\":%d,\"parameters\":11180103,\"seconds\":95.4,"
                + "\"images-per-second\":87.3,\"replicas\":1,\"config\":{}}",
            id,
            seed,
            EPOCHS,
            EPOCHS,
            IMAGES,
            top1,
            FakePredictions.CLASSES));
    StringBuilder metrics = new StringBuilder();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      metrics.append(
          String.format(
              Locale.ROOT,
              "{\"epoch\":%d,\"train-loss\":%s,\"val-top1\":%s}\n",
              epoch,
              5.0 / epoch + 0.001 * seed,
              top1 * epoch / EPOCHS));
    }
    Files.writeString(run.resolve("metrics.jsonl"), metrics);
    Files.writeString(
        run.resolve("provenance.json"),
        "{\"format\":1,\"attempts\":[{\"code-version\":\"made-up\",\"executor-cpu\":\"made-up\"}]}");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static void measure(String sweep, String out) throws IOException {
    AtomicLong live = new AtomicLong();
    AtomicLong all = new AtomicLong();
    watchHeap(live, all);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("report-scale")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      Folder folder = Folder.at(sweep, spark.sparkContext().hadoopConfiguration());
      long start = System.nanoTime();
      Report report = Report.of(spark, List.of(folder), Optional.empty());
      double read = (System.nanoTime() - start) / 1e9;
      report.write(Folder.at(out, spark.sparkContext().hadoopConfiguration()));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.gc();
      System.out.printf(
          Locale.ROOT,
          "%d,%.1f,%.1f,%d,%d%n",
          Folder.at(sweep, spark.sparkContext().hadoopConfiguration())
              .folder("trials")
              .folders()
              .size(),
          read,
          seconds,
          live.get() >> 20,
          all.get() >> 20);
    }
  }

  /** Notes the largest heap after a collection, and the largest before one. */
  private static void watchHeap(AtomicLong live, AtomicLong all) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                if (notification
                    .getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
                  var gc =
                      GarbageCollectionNotificationInfo.from(
                              (CompositeData) notification.getUserData())
                          .getGcInfo();
                  live.accumulateAndGet(heap(gc.getMemoryUsageAfterGc()), Math::max);
                  all.accumulateAndGet(heap(gc.getMemoryUsageBeforeGc()), Math::max);
                }
              },
              null,
              null);
    }
  }

  private static long heap(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*"))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
