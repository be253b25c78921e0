package org.finegrain.bigdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;

/** What a training needs of Spark's settings: executors of a fixed number, which stay. */
public final class ExecutorSettings {
  private ExecutorSettings() {}

  /** Each a sentence with its remedy; empty if the settings will do. */
  public static List<String> faults(SparkConf conf) {
    String master = conf.get("spark.master");
    List<String> faults = new ArrayList<>();
    if (master.startsWith("local")) {
      if (!master.matches("local\\[(\\d+|\\*)(, *\\d+)?\\]")) {
        faults.add(
            String.format(
                Locale.ROOT,
                "Cannot train on master %s: use local[N], local[*] or a cluster",
                master));
      }
      return faults;
    }
    require(faults, conf, "spark.executor.cores", master);
    if (!master.startsWith("yarn")) {
      require(faults, conf, "spark.cores.max", master);
    }
    for (String unwanted : List.of("spark.dynamicAllocation.enabled", "spark.speculation")) {
      if (conf.getBoolean(unwanted, false)) {
        faults.add(
            String.format(
                Locale.ROOT,
                "Cannot train with %s=true: a training needs its executors to stay; set it to false",
                unwanted));
      }
    }
    return faults;
  }

  private static void require(List<String> faults, SparkConf conf, String key, String master) {
    if (!conf.contains(key)) {
      faults.add(
          String.format(
              Locale.ROOT,
              "Cannot train on %s without %s: it fixes how many executors share the work; give it by --conf %s=N",
              master,
              key,
              key));
    }
  }
}
