package org.finegrain.doctor;

import java.util.Locale;
import java.util.Optional;
import org.finegrain.bigdl.Topology;

/**
 * Every executor is there and answers: training waits for none.
 *
 * @param topology as configured; empty if that cannot be told
 */
record Executors(Jvms jvms, boolean local, Optional<Topology> topology) implements Check {
  @Override
  public String name() {
    return "executors";
  }

  @Override
  public Finding examine() {
    if (topology.isEmpty()) {
      return Finding.failed(
          String.format(
              Locale.ROOT,
              "%d, but how many there should be cannot be told",
              jvms.executors().size()),
          "mend the other failures first");
    }
    int expected = topology.get().executors();
    int cores = topology.get().coresPerExecutor();
    if (local) {
      return Finding.ok(String.format(Locale.ROOT, "the driver itself, %d cores", cores));
    }
    if (jvms.executors().size() != expected) {
      return Finding.failed(
          String.format(
              Locale.ROOT,
              "%d of %d executors answered%s",
              jvms.executors().size(),
              expected,
              jvms.silence().isEmpty() ? "" : " (" + jvms.silence() + ")"),
          String.format(
              Locale.ROOT,
              "see the master's page and the executors' logs; do the workers have %d cores and spark.executor.memory free for each?",
              cores));
    }
    return Finding.ok(String.format(Locale.ROOT, "%d of %d cores", expected, cores));
  }
}
