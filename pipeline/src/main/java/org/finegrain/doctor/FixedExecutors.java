package org.finegrain.doctor;

import java.util.List;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.settings.ExecutorSettings;

/**
 * Checks that Spark's settings fix the number of executors and keep them for the whole application.
 */
record FixedExecutors(SparkConf conf) implements Check {
  @Override
  public String name() {
    return "settings";
  }

  @Override
  public Finding examine() {
    List<String> faults = ExecutorSettings.faults(conf);
    return faults.isEmpty()
        ? Finding.ok(conf.get("spark.master") + ", no dynamic allocation, no speculation")
        : Finding.failed(String.join("; ", faults));
  }
}
