package org.finegrain.bigdl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.finegrain.engine.EngineKind;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {
  private static final EngineOptions FAST = new EngineOptions("mkldnn", "4", false, true);

  @Test
  void anEngineNeedsItsTypeAndMklDnnAlsoItsThreads() {
    assertThat(FAST.fault()).isEmpty();
    assertThat(FAST.kind()).contains(EngineKind.MKL_DNN);
    assertThat(new EngineOptions("mklblas", null, false, true).fault()).isEmpty();
    assertThat(new EngineOptions("mkldnn", null, false, true).fault().orElseThrow())
        .startsWith("Cannot start the engine without -Dbigdl.mklNumThreads=THREADS: submit with");
    assertThat(new EngineOptions(null, "4", false, true).fault().orElseThrow())
        .startsWith(
            "Cannot start the engine without -Dbigdl.engineType=mkldnn: submit with"
                + " --properties-file conf/spark-local.conf, or conf/spark-standalone.conf on a"
                + " cluster");
    assertThat(new EngineOptions("mkl", "4", false, true).fault())
        .contains("Invalid -Dbigdl.engineType=mkl (must be mkldnn or mklblas)");
  }

  @Test
  void driverAndExecutorsNeedTheSameEngine() {
    assertThat(FAST.mismatch(new EngineOptions("mkldnn", "2", true, true))).isEmpty();
    assertThat(FAST.mismatch(new EngineOptions("mkldnn", "2", true, false)).orElseThrow())
        .contains("--add-modules=jdk.incubator.vector");
    assertThat(FAST.mismatch(new EngineOptions(null, "4", false, true)).orElseThrow())
        .contains("mkldnn on the driver and null on executors");
  }

  @Test
  void readsTheOptionsOfThisProcess() {
    assertThat(EngineOptions.current().kind()).isPresent();
  }
}
