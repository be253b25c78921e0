package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.doctor.FakeJvms.FINE;
import static org.finegrain.doctor.FakeJvms.MKL_BLAS;
import static org.finegrain.doctor.FakeJvms.jvm;
import static org.finegrain.doctor.FakeJvms.jvms;

import java.util.Optional;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.junit.jupiter.api.Test;

/** Tests each check of the processes with one description that passes and one that fails. */
class JvmChecksTest {
  private static final Topology TWO = new Topology(EngineKind.MKL_DNN, 2, 4);

  @Test
  void javaVersion() {
    assertOk(new JavaVersion(FINE), "Java 17.0.15 on the driver and 2 executors");
    assertFailed(
        new JavaVersion(jvms(jvm(), jvm().java("17.0.15"), jvm().java("11.0.2"))),
        "Java 11.0.2 on executor 1 (host): Java 17 is needed; set JAVA_HOME");
  }

  @Test
  void openPackages() {
    assertOk(new OpenPackages(FINE), "all packages are open on the driver and 2 executors");
    assertFailed(
        new OpenPackages(jvms(jvm().closedPackages("java.nio", "sun.nio.ch"), jvm())),
        "Java does not open java.nio sun.nio.ch on the driver: give --add-opens=");
  }

  @Test
  void versions() {
    assertOk(
        new Versions(FINE), "finegrain 0.1.0+1a2b3c, BigDL 2.4.0, Spark 3.5.7, Java 17.0.15 on");
    assertFailed(
        new Versions(jvms(jvm(), jvm(), jvm().version("0.0.9"))),
        "on the driver, but finegrain 0.0.9+1a2b3c, BigDL 2.4.0, Spark 3.5.7, Java 17.0.15 on"
            + " executor 1 (host): give every host");
    assertFailed(new Versions(jvms(jvm().spark("3.4.1"))), "Spark 3.5 is needed; set SPARK_HOME");
  }

  @Test
  void processor() {
    assertOk(new Processor(FINE), "Fast CPU, AVX-512");
    assertFailed(
        new Processor(jvms(jvm(), jvm().vectors("sse4_2"))),
        "no AVX2: Fast CPU on executor 0 (host): compute with FINEGRAIN_ENGINE=mklblas");
    assertOk(new Processor(jvms(jvm().engine(MKL_BLAS).vectors("sse4_2"))), "Fast CPU, no AVX2");
    assertWarning(
        new Processor(jvms(jvm(), jvm(), jvm().vectors("avx2"))),
        "executors with AVX-512 and with AVX2: the last bits");
  }

  @Test
  void nativeCode() {
    assertOk(new NativeCode(FINE), "loaded on the driver and 2 executors");
    assertFailed(
        new NativeCode(jvms(jvm(), jvm().nativeFault("java.io.IOException: no space"))),
        "java.io.IOException: no space on executor 0 (host): check that java.io.tmpdir is writable");
  }

  @Test
  void engine() {
    assertOk(new Engine(FINE), "mkldnn on the driver and 2 executors");
    assertFailed(
        new Engine(jvms(jvm().engine(new EngineOptions(null, "4", true, true)))),
        "Cannot start the engine without -Dbigdl.engineType=mkldnn");
    assertFailed(
        new Engine(jvms(jvm(), jvm(), jvm().engine(new EngineOptions(null, null, true, true)))),
        "mkldnn on the driver, but none on executor 1 (host): give -Dbigdl.engineType=mkldnn in");
    assertWarning(
        new Engine(jvms(jvm().engine(MKL_BLAS))), "mklblas: mkldnn is several times as fast");
    assertOk(new Engine(jvms(jvm().engine(MKL_BLAS).vectors("sse4_2"))), "mklblas");
  }

  @Test
  void engineThreads() {
    assertOk(new EngineThreads(FINE, Optional.of(4)), "4 on the driver and 2 executors");
    assertFailed(
        new EngineThreads(
            jvms(jvm(), jvm(), jvm().engine(new EngineOptions("mkldnn", null, true, true))),
            Optional.of(4)),
        "no -Dbigdl.mklNumThreads on executor 1 (host): give -Dbigdl.mklNumThreads=CORES, the cores of an executor");
    assertWarning(
        new EngineThreads(FINE, Optional.of(2)),
        "4 on executor 0 (host), which has 2 cores: give -Dbigdl.mklNumThreads=2");
    assertOk(new EngineThreads(jvms(jvm().engine(MKL_BLAS)), Optional.of(2)), "one for each core");
  }

  @Test
  void engineThreadsOfADriverThatDoesTheWork() {
    assertOk(new EngineThreads(jvms(jvm()), Optional.empty()), "4");
    assertWarning(
        new EngineThreads(
            jvms(jvm().engine(new EngineOptions("mkldnn", "9", true, true))), Optional.empty()),
        "9 on the driver, which has 8 cores: give -Dbigdl.mklNumThreads=8");
  }

  @Test
  void vectorModule() {
    assertOk(new VectorModule(FINE), "jdk.incubator.vector on the driver and 2 executors");
    assertOk(new VectorModule(jvms(jvm().engine(MKL_BLAS))), "MKL-BLAS needs no module");
    assertFailed(
        new VectorModule(
            jvms(jvm(), jvm(), jvm().engine(new EngineOptions("mkldnn", "4", true, false)))),
        "jdk.incubator.vector is missing on executor 1 (host): give --add-modules=");
  }

  @Test
  void affinity() {
    FakeJvms.Builder bound = jvm().engine(new EngineOptions("mkldnn", "4", false, true));
    assertOk(new Affinity(FINE), "no two executors");
    assertOk(new Affinity(jvms(bound)), "no two executors");
    assertOk(new Affinity(jvms(jvm(), bound)), "no two executors");
    assertWarning(
        new Affinity(jvms(jvm(), bound, jvm())),
        "bound threads on executor 0 (host) of the same host: give -Dbigdl.disableOmpAffinity");
  }

  @Test
  void repeatableSums() {
    assertOk(new RepeatableSums(FINE), "MKL-DNN always adds in the same order");
    FakeJvms.Builder strict = jvm().engine(MKL_BLAS).mklCbwr("AVX2,STRICT");
    assertOk(
        new RepeatableSums(jvms(strict, strict)),
        "MKL_CBWR=AVX2,STRICT on the driver and 1 executor");
    assertFailed(
        new RepeatableSums(jvms(strict, jvm().engine(MKL_BLAS))),
        "MKL_CBWR is not set on executor 0 (host): a run would not repeat bit for bit; export");
    assertFailed(
        new RepeatableSums(jvms(strict, strict, jvm().engine(MKL_BLAS).mklCbwr("COMPATIBLE"))),
        "MKL_CBWR is COMPATIBLE on executor 1 (host)");
  }

  @Test
  void idleThreads() {
    assertOk(new IdleThreads(FINE), "KMP_BLOCKTIME is set");
    assertOk(new IdleThreads(jvms(jvm().kmpBlockTime(""), jvm())), "KMP_BLOCKTIME is set");
    assertOk(
        new IdleThreads(jvms(jvm().engine(MKL_BLAS).kmpBlockTime(""))),
        "MKL-BLAS leaves none spinning");
    assertWarning(
        new IdleThreads(jvms(jvm(), jvm(), jvm().kmpBlockTime(""))),
        "KMP_BLOCKTIME is not set on executor 1 (host): a step may take a quarter longer; export KMP_BLOCKTIME="
            + System.getenv("KMP_BLOCKTIME"));
    assertWarning(new IdleThreads(jvms(jvm().kmpBlockTime(""))), "KMP_BLOCKTIME is not set on the");
  }

  @Test
  void fileNames() {
    assertOk(new FileNames(FINE), "UTF-8 on the driver and 2 executors");
    assertWarning(
        new FileNames(jvms(jvm(), jvm(), jvm().fileNameEncoding("ANSI_X3.4-1968"))),
        "file names are read as ANSI_X3.4-1968 on executor 1 (host): files whose names hold other");
  }

  @Test
  void executors() {
    assertOk(new Executors(FINE, false, TWO), "2 with 4 cores each");
    assertOk(new Executors(jvms(jvm()), true, TWO), "the driver itself, 4 cores");
    assertFailed(
        new Executors(jvms(jvm(), jvm()), false, TWO),
        "1 of 2 executors answered: see the master's web page");
  }

  private static void assertOk(Check check, String text) {
    assertFinding(check, Verdict.OK, text);
  }

  private static void assertWarning(Check check, String text) {
    assertFinding(check, Verdict.WARNING, text);
  }

  private static void assertFailed(Check check, String text) {
    assertFinding(check, Verdict.FAILED, text);
  }

  private static void assertFinding(Check check, Verdict verdict, String text) {
    Finding finding = check.examine();
    assertThat(finding.text()).contains(text);
    assertThat(finding.verdict()).as(finding.text()).isEqualTo(verdict);
  }
}
