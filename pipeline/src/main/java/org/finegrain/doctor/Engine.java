package org.finegrain.doctor;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.engine.EngineKind;

/**
 * Checks that the driver and every executor use the same engine, MKL-DNN or MKL-BLAS. Each JVM
 * chooses its engine when it starts.
 */
record Engine(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "engine";
  }

  @Override
  public Finding examine() {
    EngineOptions driver = jvms.driver().engine();
    if (driver.kind().isEmpty()) {
      return Finding.failed(driver.fault().orElseThrow());
    }
    Optional<String> others =
        jvms.where(
            jvm -> !Objects.equals(jvm.engine().type(), driver.type()),
            jvm -> Objects.requireNonNullElse(jvm.engine().type(), "none"));
    if (others.isPresent()) {
      return Finding.failed(
          String.format(Locale.ROOT, "%s on the driver, but %s", driver.type(), others.get()),
          String.format(
              Locale.ROOT,
              "give -Dbigdl.engineType=%s in spark.executor.extraJavaOptions too",
              driver.type()));
    }
    if (driver.kind().get() == EngineKind.MKL_BLAS && jvms.driver().machine().has("avx2")) {
      return Finding.warning(
          jvms.everywhere(driver.type()),
          "mkldnn is several times as fast and runs on this processor; give FINEGRAIN_ENGINE=mkldnn or -Dbigdl.engineType=mkldnn");
    }
    return Finding.ok(jvms.everywhere(driver.type()));
  }
}
