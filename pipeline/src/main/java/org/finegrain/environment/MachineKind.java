package org.finegrain.environment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kind of machine that a training ran on, as {@code provenance.json} holds it. Machines of
 * equal kinds compute the same numbers, and about as fast.
 *
 * @param cpu the model of the processors; where executors differ, several separated by {@code ; }
 * @param vectors their vector instructions, under Linux's names, separated by spaces
 * @param processors the number of processors, as text
 */
public record MachineKind(String cpu, String vectors, String processors) {
  /** The field of an attempt in {@code provenance.json} that holds the executors' processors. */
  public static final String EXECUTOR_CPU = "executor-cpu";

  /** The field that holds the executors' vector instructions. */
  public static final String EXECUTOR_VECTORS = "executor-vectors";

  private static final String NONE = "–"; // stands for null in texts

  /**
   * Returns the kind of the executors' machines, or of the driver's where the executors are not
   * noted; empty if neither is.
   *
   * @param fields field of an attempt in {@code provenance.json} → its value as text
   */
  public static Optional<MachineKind> of(Map<String, String> fields) {
    return of(fields, "executor").or(() -> of(fields, "driver"));
  }

  private static Optional<MachineKind> of(Map<String, String> fields, String process) {
    return known(fields, process + "-cpu")
        .map(
            cpu ->
                new MachineKind(
                    cpu,
                    known(fields, process + "-vectors").orElse(""),
                    known(fields, process + "-processors").orElse("")));
  }

  private static Optional<String> known(Map<String, String> fields, String field) {
    return Optional.ofNullable(fields.get(field))
        .filter(value -> !value.isBlank() && !value.equals(NONE));
  }

  /** Returns the kind for a reader, such as {@code AMD EPYC (AVX-512), 8 processors}. */
  public String text() {
    String model = vectors.isEmpty() ? cpu : cpu + " (" + instructions(vectors) + ")";
    if (processors.isEmpty()) {
      return model;
    }
    return model + ", " + processors + (processors.equals("1") ? " processor" : " processors");
  }

  /**
   * Returns the widest vector instructions for a reader, such as {@code AVX-512}.
   *
   * @param vectors Linux's names, separated by spaces or semicolons
   */
  public static String instructions(String vectors) {
    List<String> names = List.of(vectors.split("[; ]+", -1));
    return names.contains("avx512f") ? "AVX-512" : names.contains("avx2") ? "AVX2" : "no AVX2";
  }
}
