package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.engine.EngineKind;

/** MKL-DNN is fast with AVX2 or AVX-512, and chooses its code, and so its last bits, by them. */
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
          "the last bits of a run will depend on which of them compute; use equal machines where runs are to repeat");
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
