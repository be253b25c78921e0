package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * Checks that {@code KMP_BLOCKTIME} is set where MKL-DNN computes. Without it the threads of
 * MKL-DNN spin for 200 ms after each layer, and take the processors from the attention and the
 * convolutions that run next. The variable is read once, when the process starts.
 */
record IdleThreads(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "idle-threads";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_DNN))) {
      return Finding.ok("MKL-BLAS leaves none spinning");
    }
    return jvms.where(
            jvm -> jvm.kmpBlockTime().isEmpty() && jvms.workers().contains(jvm), jvm -> "not set")
        .map(
            places ->
                Finding.warning(
                    "KMP_BLOCKTIME is " + places,
                    "a step may take a quarter longer; export KMP_BLOCKTIME=1 for the driver and give spark.executorEnv.KMP_BLOCKTIME=1"))
        .orElseGet(() -> Finding.ok("KMP_BLOCKTIME is set"));
  }
}
