package org.finegrain.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Machine;
import org.finegrain.environment.MachineKind;

/**
 * The executors that a speed was seen on.
 *
 * @param topology their number, their cores, and the engine
 * @param threads the engine's threads in each executor, as {@code provenance.json} holds them
 * @param cpu the model of their processors
 * @param vectors the vector instructions of their processors, under Linux's names
 */
record Hardware(Topology topology, String threads, String cpu, String vectors) {
  private static final String ENGINE = "engine";
  private static final String EXECUTORS = "executors";
  private static final String CORES = "cores-per-executor";
  private static final String THREADS = "threads-per-executor";
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  /**
   * Reads the hardware of an attempt.
   *
   * @param fields field of an attempt in {@code provenance.json} → its value as text
   * @throws IllegalArgumentException if a field is missing or impossible; the message names it
   */
  static Hardware of(Map<String, String> fields) {
    return new Hardware(
        new Topology(engine(fields), number(fields, EXECUTORS), number(fields, CORES)),
        field(fields, THREADS),
        field(fields, MachineKind.EXECUTOR_CPU),
        field(fields, MachineKind.EXECUTOR_VECTORS));
  }

  private static EngineKind engine(Map<String, String> fields) {
    String name = field(fields, ENGINE);
    return Stream.of(EngineKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("its " + ENGINE + " is not known"));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it lacks " + name);
    }
    return value;
  }

  private static int number(Map<String, String> fields, String name) {
    String text = field(fields, name);
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("its " + name + " is not a number from 1");
    }
    return Integer.parseInt(text);
  }

  /** Returns the fields that {@link #of} reads. */
  SortedMap<String, String> fields() {
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put(ENGINE, topology.engine().name());
    fields.put(EXECUTORS, Integer.toString(topology.executors()));
    fields.put(CORES, Integer.toString(topology.coresPerExecutor()));
    fields.put(THREADS, threads);
    fields.put(MachineKind.EXECUTOR_CPU, cpu);
    fields.put(MachineKind.EXECUTOR_VECTORS, vectors);
    return fields;
  }

  /** Returns whether this is one executor with so many cores on such a machine. */
  boolean isOneExecutorOf(Machine machine, int cores) {
    return topology.executors() == 1
        && topology.coresPerExecutor() == cores
        && cpu.equals(machine.cpu())
        && vectors.equals(String.join(" ", machine.vectors()));
  }

  /**
   * Returns the hardware for a reader, such as {@code 1 executor of 2 cores, AMD EPYC (AVX-512)}.
   */
  String text() {
    List<String> words = new ArrayList<>();
    words.add(text(topology));
    words.add(cpu + " (" + MachineKind.instructions(vectors) + ")");
    if (topology.engine() != EngineKind.MKL_DNN) {
      words.add("engine " + topology.engine().property());
    } else if (!threads.equals(Integer.toString(topology.coresPerExecutor()))) {
      words.add(threads + " threads");
    }
    return String.join(", ", words);
  }

  /** Returns executors for a reader, such as {@code 4 executors of 2 cores}. */
  static String text(Topology topology) {
    return Quantity.counted(topology.executors(), "executor")
        + " of "
        + Quantity.counted(topology.coresPerExecutor(), "core");
  }
}
