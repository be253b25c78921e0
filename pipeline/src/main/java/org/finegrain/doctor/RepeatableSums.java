package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * MKL-BLAS sums in an order that follows the alignment of arrays, which no JVM fixes, unless {@code
 * MKL_CBWR} says otherwise when the process starts. Without it a resumed run ends with other bits.
 */
record RepeatableSums(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "sums";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_BLAS))) {
      return Finding.ok("MKL-DNN's are repeatable");
    }
    String driver = jvms.driver().cbwr();
    Optional<String> wrong =
        jvms.where(
            jvm ->
                jvm.cbwr().isEmpty() || jvm.cbwr().startsWith("AUTO") || !jvm.cbwr().equals(driver),
            jvm -> jvm.cbwr().isEmpty() ? "nothing" : jvm.cbwr());
    return wrong
        .map(
            places ->
                Finding.failed(
                    "MKL_CBWR is " + places,
                    "a run would not repeat bit for bit; export MKL_CBWR=AVX2,STRICT for the driver and give spark.executorEnv.MKL_CBWR=AVX2,STRICT"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("MKL_CBWR=" + driver)));
  }
}
