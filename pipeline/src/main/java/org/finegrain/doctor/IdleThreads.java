package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * MKL-DNN's threads spin for 200 ms after a layer unless {@code KMP_BLOCKTIME} says otherwise when
 * the process starts: on the processors on which attention and convolutions then run.
 */
record IdleThreads(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "idle-threads";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_DNN))) {
      return Finding.ok("MKL-BLAS has none");
    }
    return jvms.where(
            jvm -> jvm.blockTime().isEmpty() && jvms.workers().contains(jvm), jvm -> "not set")
        .map(
            places ->
                Finding.warning(
                    "KMP_BLOCKTIME is " + places,
                    "a step may take a quarter longer; export KMP_BLOCKTIME=1 for the driver and give spark.executorEnv.KMP_BLOCKTIME=1"))
        .orElseGet(() -> Finding.ok("KMP_BLOCKTIME is set"));
  }
}
