package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Build;
import org.finegrain.environment.Machine;
import org.finegrain.storage.JsonFields;

/**
 * The circumstances of a run, besides its configuration and its data: code, topology, versions and
 * machines. The fields are those of {@code provenance.json} in {@code docs/formats.md}.
 */
public final class Circumstances {
  private final ObjectNode json;

  private Circumstances(ObjectNode json) {
    this.json = json;
  }

  /** Returns the circumstances of a run that this application would start now on all executors. */
  public static Circumstances now(SparkSession spark) {
    return now(spark, Trainer.engine(spark));
  }

  /** Returns the circumstances of a run that {@code engine} would start now. */
  static Circumstances now(SparkSession spark, TrainingEngine engine) {
    Topology topology = engine.topology();
    List<Machine> executors = engine.ask(Machine::current);
    Machine driver = Machine.current();
    ObjectNode json = Json.object();
    json.put("code-version", Build.current().codeVersion());
    json.put("master", spark.sparkContext().master());
    json.put("engine", topology.engine().name());
    json.put("executors", topology.executors());
    json.put("cores-per-executor", topology.coresPerExecutor());
    json.put("threads-per-executor", TrainingEngine.threadsPerExecutor());
    json.put("mkl-cbwr", System.getenv("MKL_CBWR"));
    json.put("bigdl", Build.current().bigdl());
    json.put("spark", spark.version());
    json.put("java", Runtime.version().toString());
    json.put(
        "os",
        String.format(
            Locale.ROOT,
            "%s %s %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    json.put("driver-host", host());
    json.put("driver-processors", driver.processors());
    json.put("driver-cpu", driver.cpu());
    json.put("driver-vectors", String.join(" ", driver.vectors()));
    json.put("driver-memory-bytes", driver.memoryBytes());
    json.put("driver-max-heap-bytes", Runtime.getRuntime().maxMemory());
    json.put("executor-processors", distinct(executors, machine -> "" + machine.processors()));
    json.put("executor-cpu", distinct(executors, Machine::cpu));
    json.put("executor-vectors", distinct(executors, it -> String.join(" ", it.vectors())));
    json.put("executor-memory-bytes", distinct(executors, machine -> "" + machine.memoryBytes()));
    return new Circumstances(json);
  }

  /** Returns the values that the machines have, each one once, joined by {@code ;}. */
  private static String distinct(List<Machine> machines, Function<Machine, String> fact) {
    return String.join("; ", machines.stream().map(fact).distinct().sorted().toList());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) { // a container without network has no name
      return "unknown";
    }
  }

  void putInto(ObjectNode attempt) {
    attempt.setAll(json);
  }

  /** Returns field of {@code provenance.json} → its value as text. */
  public SortedMap<String, String> texts() {
    return new JsonFields(json).texts();
  }
}
