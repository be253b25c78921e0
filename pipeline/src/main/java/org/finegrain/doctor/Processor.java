package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * Checks that every processor has AVX2, which MKL-DNN needs to be fast, and that all have the same
 * vector instructions. MKL-DNN chooses its code by them, and so the last bits of its results.
 */
record Processor(Jvms jvms) implements Check {
  @Override
  public String name() {
    return "processor";
  }

  @Override
  public Finding examine() {
    boolean fast = jvms.driver().engine().kind().equals(Optional.of(EngineKind.MKL_DNN));
    Optional<String> old =
        jvms.where(jvm -> fast && !jvm.machine().has("avx2"), jvm -> jvm.machine().cpu());
    if (old.isPresent()) {
      return Finding.failed(
          "no AVX2: " + old.get(),
          "compute with FINEGRAIN_ENGINE=mklblas, or -Dbigdl.engineType=mklblas on both sides");
    }
    List<String> kinds = jvms.workers().stream().map(Processor::vectors).distinct().toList();
    if (kinds.size() > 1) {
      return Finding.warning(
          String.format(Locale.ROOT, "executors with %s", String.join(" and with ", kinds)),
          "the last bits of a run depend on which executors compute; use equal machines for runs that must repeat bit for bit");
    }
    return Finding.ok(
        String.format(Locale.ROOT, "%s, %s", jvms.workers().get(0).machine().cpu(), kinds.get(0)));
  }

  private static String vectors(Jvm jvm) {
    if (jvm.machine().has("avx512bw")) {
      return "AVX-512";
    }
    return jvm.machine().has("avx2") ? "AVX2" : "no AVX2";
  }
}
