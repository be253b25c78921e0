package org.finegrain.doctor;

import java.util.Locale;
import org.finegrain.engine.Topology;

/**
 * Checks that all executors answer. A training needs every one of them from its first step on.
 *
 * @param local whether the driver does the work itself
 * @param topology the executors and cores that the settings ask for
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
              jvms.whyMissing().isEmpty() ? "" : " (" + jvms.whyMissing() + ")"),
          String.format(
              Locale.ROOT,
              "see the master's web page and the executors' logs; check that the workers have %d"
                  + " cores and spark.executor.memory free for each executor",
              cores));
    }
    return Finding.ok(String.format(Locale.ROOT, "%d with %d cores each", expected, cores));
  }
}
