package org.finegrain.doctor;

import java.util.Optional;
import org.finegrain.engine.EngineKind;

/** Attention works on MKL-DNN's feature maps with Java's vector module, an option of its own. */
record VectorModule(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "add-modules";
  }

  @Override
  public Finding examine() {
    if (!jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_DNN))) {
      return Finding.ok("none is needed");
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
