package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * Checks that {@code jdk.incubator.vector} is loaded where MKL-DNN computes. Attention works on
 * MKL-DNN's feature maps with this module of Java, which must be asked for by an option.
 */
record VectorModule(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "add-modules";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_DNN))) {
      return Finding.ok("MKL-BLAS needs no module");
    }
    return jvms.where(jvm -> !jvm.engine().vectors(), jvm -> "missing")
        .map(
            places ->
                Finding.failed(
                    "jdk.incubator.vector is " + places,
                    "give --add-modules=jdk.incubator.vector in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions"))
        .orElseGet(() -> Finding.ok(jvms.everywhere("jdk.incubator.vector")));
  }
}
