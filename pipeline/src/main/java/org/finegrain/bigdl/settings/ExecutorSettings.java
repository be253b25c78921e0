package org.finegrain.bigdl.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What a training needs of Spark's settings: executors of a fixed number, which stay. */
public final class ExecutorSettings {
  private static final String CORES = "spark.executor.cores";
  private static final String INSTANCES = "spark.executor.instances";
  private static final String CORES_OF_ALL = "spark.cores.max";

  /** {@code local[N]} or {@code local[N,F]}, whose driver tries a failed task F times. */
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+|\\*)(, *\\d+)?\\]");

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");

  private ExecutorSettings() {}

  /** Returns a sentence with its remedy for each fault; empty if the settings will do. */
  public static List<String> faults(SparkConf conf) {
    String master = master(conf);
    if (isLocal(master)) {
      return LOCAL.matcher(master).matches()
          ? List.of()
          : List.of(say("Cannot train on master %s: use local[N], local[*] or a cluster", master));
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
            say(
                "Cannot train with %s=true: a training needs its executors to stay; set it to false",
                unwanted));
      }
    }
    return faults;
  }

  /** Returns how many executors share the work, by settings without a fault. */
  public static int executors(SparkConf conf) {
    String master = master(conf);
    if (isLocal(master)) {
      return 1;
    }
    int count = conf.getInt(fixedBy(master), 0);
    return fixedBy(master).equals(INSTANCES) ? count : count / coresPerExecutor(conf);
  }

  /** Returns the cores of each executor, by settings without a fault. */
  public static int coresPerExecutor(SparkConf conf) {
    Matcher local = LOCAL.matcher(master(conf));
    if (!local.matches()) {
      return conf.getInt(CORES, 1);
    }
    return local.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(local.group(1));
  }

  /** Sets what BigDL asks for on every cluster, and Spark does not read on Kubernetes. */
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

  /**
   * Returns the setting that fixes how many executors there are, which Spark's masters differ in.
   */
  private static String fixedBy(String master) {
    return master.startsWith("yarn") || isKubernetes(master) ? INSTANCES : CORES_OF_ALL;
  }

  private static void requireCount(List<String> faults, SparkConf conf, String key) {
    if (!conf.contains(key)) {
      faults.add(
          say(
              "Cannot train on %s without %s: it fixes how many executors share the work; give it by --conf %s=N",
              master(conf), key, key));
    } else if (!COUNT.matcher(conf.get(key)).matches()) {
      faults.add(say("Invalid %s=%s (must be a whole number of at least 1)", key, conf.get(key)));
    }
  }

  private static void requireWholeExecutors(List<String> faults, SparkConf conf) {
    int cores = conf.getInt(CORES, 1);
    int all = conf.getInt(CORES_OF_ALL, 1);
    if (all % cores != 0) {
      faults.add(
          say(
              "Cannot share %s=%d out over executors of %s=%d: give a multiple of the latter",
              CORES_OF_ALL, all, CORES, cores));
    }
  }

  private static String say(String sentence, Object... values) {
    return String.format(Locale.ROOT, sentence, values);
  }
}
