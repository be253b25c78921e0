package org.finegrain.doctor;

import java.util.Locale;
import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * Checks that MKL-DNN has as many threads in each executor as the executor has cores. More threads
 * would compete for the cores, fewer would leave cores idle. Where the driver does the work, the
 * threads must be no more than the machine's processors.
 *
 * @param cores the cores of each executor; empty if they are not known, or the driver does the work
 */
record EngineThreads(Jvms jvms, Optional<Integer> cores) implements Check {
  @Override
  public String name() {
    return "threads";
  }

  @Override
  public Finding examine() {
    if (jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_BLAS))) {
      return Finding.ok("one for each core, as MKL-BLAS always has");
    }
    Optional<String> wrong = jvms.where(jvm -> !isNumber(jvm), EngineThreads::given);
    if (wrong.isPresent()) {
      return Finding.failed(
          wrong.get(),
          "give -Dbigdl.mklNumThreads=CORES, the cores of an executor, in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions, or leave the option out of both");
    }
    return jvms.workers().stream()
        .filter(this::isOff)
        .findFirst()
        .map(
            jvm ->
                Finding.warning(
                    String.format(
                        Locale.ROOT,
                        "%s on %s, which has %d cores",
                        jvm.engine().threads(),
                        jvm.place(),
                        limit(jvm)),
                    "give -Dbigdl.mklNumThreads=" + limit(jvm)))
        .orElseGet(() -> Finding.ok(jvms.everywhere(jvms.driver().engine().threads())));
  }

  private boolean isOff(Jvm jvm) {
    int threads = Integer.parseInt(jvm.engine().threads());
    return threads > limit(jvm) || (cores.isPresent() && threads < limit(jvm));
  }

  private int limit(Jvm jvm) {
    return cores.orElse(jvm.machine().processors());
  }

  private static String given(Jvm jvm) {
    String threads = jvm.engine().threads();
    return threads == null ? "no -Dbigdl.mklNumThreads" : "-Dbigdl.mklNumThreads=" + threads;
  }

  private static boolean isNumber(Jvm jvm) {
    return jvm.engine().threads() != null && jvm.engine().threads().matches("[1-9]\\d{0,4}");
  }
}
