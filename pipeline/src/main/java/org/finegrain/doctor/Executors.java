package org.finegrain.doctor;

import java.util.Locale;
import org.finegrain.engine.Topology;

/**
 * Every executor is there and answers: training waits for none.
 *
 * @param topology as configured
 */
record Executors(Jvms jvms, boolean local, Topology topology) implements Check {
  static final String NAME = "executors";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding examine() {
    int expected = topology.executors();
    int cores = topology.coresPerExecutor();
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
              "see the master's page and the executors' logs; do the workers have %d cores and"
                  + " spark.executor.memory free for each?",
              cores));
    }
    return Finding.ok(String.format(Locale.ROOT, "%d of %d cores", expected, cores));
  }
}
