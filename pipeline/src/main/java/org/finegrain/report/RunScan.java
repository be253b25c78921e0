package org.finegrain.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.finegrain.storage.Folder;

/** Reads run folders in tasks of a Spark job. The driver gets a small record of each. */
final class RunScan {
  private static final int TASKS_PER_CORE = 4;

  private RunScan() {}

  /**
   * Reads the run folders, without their predictions. A folder that cannot be read is a content
   * with a fault.
   */
  static Map<RunPlace, RunContent> read(JavaSparkContext spark, List<RunPlace> places) {
    Map<RunPlace, RunContent> contents = new HashMap<>();
    if (places.isEmpty()) {
      return contents;
    }
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      List<RunContent> read =
          spark
              .parallelize(places, tasks(spark, places.size()))
              .map(place -> read(place, hadoop.value().value()))
              .collect();
      for (int i = 0; i < places.size(); i++) {
        contents.put(places.get(i), read.get(i));
      }
      return contents;
    } finally {
      hadoop.destroy();
    }
  }

  /** Returns the number of tasks for so many run folders. */
  static int tasks(JavaSparkContext spark, int runs) {
    return Math.min(runs, TASKS_PER_CORE * spark.defaultParallelism());
  }

  private static RunContent read(RunPlace place, Configuration hadoop) {
    try {
      return RunContent.read(place, new InputFolder(Folder.at(place.base(), hadoop)));
    } catch (IOException | RuntimeException e) {
      // One folder must not end a report on thousands.
      return RunContent.unreadable(new FileFault(place.name("result.json"), "it cannot be read"));
    }
  }
}
