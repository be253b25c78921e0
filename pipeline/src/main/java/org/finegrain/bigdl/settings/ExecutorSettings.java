package org.finegrain.bigdl.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The settings of Spark that a training needs. They must fix the number of executors and of their
 * cores, and Spark must not add or remove executors.
 */
public final class ExecutorSettings {
  private static final String CORES = "spark.executor.cores";
  private static final String INSTANCES = "spark.executor.instances";
  private static final String CORES_OF_ALL = "spark.cores.max";

  /** The master {@code local[N]}, or {@code local[N,F]} where Spark tries a failed task F times. */
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)(, *\\d+)?\\]");

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

  private ExecutorSettings() {}

  /** Returns a sentence for each fault, which says what to do; empty if there is none. */
  public static List<String> faults(SparkConf conf) {
    String master = master(conf);
    if (isLocal(master)) {
      return LOCAL.matcher(master).matches()
          ? List.of()
          : List.of(
              fault("Cannot train on master %s: use local[N], local[*] or a cluster", master));
    }
    List<String> faults = new ArrayList<>();
    requireCount(faults, conf, CORES);
    requireCount(faults, conf, fixedBy(master));
    if (faults.isEmpty() && fixedBy(master).equals(CORES_OF_ALL)) {
      requireWholeExecutors(faults, conf);
    }
    for (String unwanted : List.of("spark.dynamicAllocation.enabled", "spark.speculation")) {
      if (conf.getBoolean(unwanted, false)) {
        faults.add(
            fault(
                "Cannot train with %s=true: a training needs its executors to stay; set it to"
                    + " false",
                unwanted));
      }
    }
    return faults;
  }

  /** Returns the number of executors by settings that have no fault. */
  public static int executors(SparkConf conf) {
    String master = master(conf);
    if (isLocal(master)) {
      return 1;
    }
    int count = conf.getInt(fixedBy(master), 0);
    return fixedBy(master).equals(INSTANCES) ? count : count / coresPerExecutor(conf);
  }

  /** Returns the number of cores of each executor by settings that have no fault. */
  public static int coresPerExecutor(SparkConf conf) {
    Matcher local = LOCAL.matcher(master(conf));
    if (!local.matches()) {
      return conf.getInt(CORES, 1);
    }
    return local.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(local.group(1));
  }

  /**
   * Sets the number of all cores on Kubernetes. Spark does not read it there, but BigDL asks for it
   * on every cluster.
   */
  public static void setCoresForKubernetes(SparkConf conf) {
    if (isKubernetes(master(conf))) {
      conf.set(CORES_OF_ALL, String.valueOf(executors(conf) * coresPerExecutor(conf)));
    }
  }

  private static String master(SparkConf conf) {
    return conf.get("spark.master");
  }

  private static boolean isLocal(String master) {
    return master.startsWith("local");
  }

  private static boolean isKubernetes(String master) {
    return master.startsWith("k8s");
  }

  /** Returns the setting that fixes the number of executors. It depends on the kind of master. */
  private static String fixedBy(String master) {
    return master.startsWith("yarn") || isKubernetes(master) ? INSTANCES : CORES_OF_ALL;
  }

  private static void requireCount(List<String> faults, SparkConf conf, String key) {
    if (!conf.contains(key)) {
      faults.add(
          fault(
              "Cannot train on %s without %s: it fixes the number of executors; give it by --conf"
                  + " %s=N",
              master(conf), key, key));
    } else if (!COUNT.matcher(conf.get(key)).matches()) {
      faults.add(fault("Invalid %s=%s (must be a whole number of at least 1)", key, conf.get(key)));
    }
  }

  private static void requireWholeExecutors(List<String> faults, SparkConf conf) {
    int cores = conf.getInt(CORES, 1);
    int allCores = conf.getInt(CORES_OF_ALL, 1);
    if (allCores % cores != 0) {
      faults.add(
          fault(
              "Cannot divide %s=%d into executors of %s=%d: give a multiple of %d",
              CORES_OF_ALL, allCores, CORES, cores, cores));
    }
  }

  private static String fault(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
