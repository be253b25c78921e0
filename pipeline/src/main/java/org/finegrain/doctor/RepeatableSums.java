package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * Checks that {@code MKL_CBWR} fixes the order in which MKL-BLAS adds. Without it the order follows
 * the alignment of arrays, which no JVM fixes, and a resumed run would end with other bits. The
 * variable counts only when the process starts.
 */
record RepeatableSums(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "sums";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_BLAS))) {
      return Finding.ok("MKL-DNN always adds in the same order");
    }
    String driver = jvms.driver().mklCbwr();
    Optional<String> wrong =
        jvms.where(
            jvm ->
                jvm.mklCbwr().isEmpty()
                    || jvm.mklCbwr().startsWith("AUTO")
                    || !jvm.mklCbwr().equals(driver),
            jvm -> jvm.mklCbwr().isEmpty() ? "not set" : jvm.mklCbwr());
    return wrong
        .map(
            places ->
                Finding.failed(
                    "MKL_CBWR is " + places,
                    "a run would not repeat bit for bit; export MKL_CBWR=AVX2,STRICT for the driver and give spark.executorEnv.MKL_CBWR=AVX2,STRICT"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("MKL_CBWR=" + driver)));
  }
}
