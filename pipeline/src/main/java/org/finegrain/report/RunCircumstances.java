package org.finegrain.report;

import java.util.Map;
import java.util.Optional;
import org.finegrain.environment.MachineKind;

/**
 * The circumstances of a run that may decide its bits or its speed, of its last attempt. Each is
 * empty where the run folder does not say it.
 *
 * @param machine the kind of machine that it ran on
 * @param replicas the number of replicas that gradients were averaged over
 * @param codeVersion the version of finegrain
 * @param engine the engine that computed
 * @param executors the executors and their cores
 */
record RunCircumstances(
    Optional<MachineKind> machine,
    Optional<String> replicas,
    Optional<String> codeVersion,
    Optional<String> engine,
    Optional<Executors> executors) {
  /** Executors of equal size. */
  record Executors(int count, int coresOfEach) {
    /** Returns the executors for a reader, such as {@code 4 × 2 cores}. */
    String text() {
      return count + " × " + coresOfEach + (coresOfEach == 1 ? " core" : " cores");
    }

    /** Returns the number of cores of all of them. */
    int cores() {
      return count * coresOfEach;
    }
  }

  static RunCircumstances of(Trial trial) {
    Map<String, String> provenance = trial.provenance();
    Optional<String> replicas =
        trial.outcome().map(outcome -> Integer.toString(outcome.replicas()));
    return new RunCircumstances(
        MachineKind.of(provenance),
        replicas.or(() -> field(provenance, "replicas")),
        field(provenance, "code-version"),
        field(provenance, "engine"),
        number(provenance, "executors")
            .flatMap(
                executors ->
                    number(provenance, "cores-per-executor")
                        .map(cores -> new Executors(executors, cores))));
  }

  private static Optional<String> field(Map<String, String> provenance, String field) {
    return Optional.ofNullable(provenance.get(field)).filter(value -> !value.isBlank());
  }

  private static Optional<Integer> number(Map<String, String> provenance, String field) {
    return field(provenance, field)
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(Integer::valueOf);
  }
}
