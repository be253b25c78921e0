package org.finegrain.doctor;

import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.environment.Build;
import org.finegrain.environment.Machine;

/** Builds descriptions of processes in which a test breaks one property. */
final class FakeJvms {
  static final EngineOptions MKL_DNN = new EngineOptions("mkldnn", "4", true, true);
  static final EngineOptions MKL_BLAS = new EngineOptions("mklblas", null, true, true);
  static final Machine MACHINE = new Machine("Fast CPU", List.of("avx2", "avx512bw"), 8, 32L << 30);

  /** A driver and two executors in which nothing is wrong. */
  static final Jvms FINE = jvms(jvm(), jvm(), jvm());

  private FakeJvms() {}

  /** Builds one process; a test changes some of its values. */
  static final class Builder {
    private String java = "17.0.15";
    private String spark = "3.5.7";
    private String version = "0.1.0";
    private List<String> closedPackages = List.of();
    private EngineOptions engine = MKL_DNN;
    private String nativeFault = "";
    private String mklCbwr = "";
    private String kmpBlockTime = "1";
    private String fileNameEncoding = "UTF-8";
    private Machine machine = MACHINE;
    private long maxHeapBytes = 4L << 30;

    Builder java(String value) {
      java = value;
      return this;
    }

    Builder spark(String value) {
      spark = value;
      return this;
    }

    Builder version(String value) {
      version = value;
      return this;
    }

    Builder closedPackages(String... values) {
      closedPackages = List.of(values);
      return this;
    }

    Builder engine(EngineOptions value) {
      engine = value;
      return this;
    }

    Builder nativeFault(String value) {
      nativeFault = value;
      return this;
    }

    Builder mklCbwr(String value) {
      mklCbwr = value;
      return this;
    }

    Builder kmpBlockTime(String value) {
      kmpBlockTime = value;
      return this;
    }

    Builder fileNameEncoding(String value) {
      fileNameEncoding = value;
      return this;
    }

    Builder machine(Machine value) {
      machine = value;
      return this;
    }

    Builder vectors(String... values) {
      return machine(
          new Machine(MACHINE.cpu(), List.of(values), MACHINE.processors(), MACHINE.memoryBytes()));
    }

    Builder heapBytes(long value) {
      maxHeapBytes = value;
      return this;
    }

    private Jvm build(String id, String host) {
      return new Jvm(
          id,
          host,
          java,
          spark,
          new Build(version, "1a2b3c", false, "2.4.0"),
          closedPackages,
          engine,
          nativeFault,
          mklCbwr,
          kmpBlockTime,
          fileNameEncoding,
          machine,
          maxHeapBytes);
    }
  }

  static Builder jvm() {
    return new Builder();
  }

  /** Returns an application whose executors, numbered from 0, share a host. */
  static Jvms jvms(Builder driver, Builder... executors) {
    return new Jvms(
        driver.build("driver", "home"),
        IntStream.range(0, executors.length)
            .mapToObj(i -> executors[i].build(Integer.toString(i), "host"))
            .toList(),
        "");
  }
}
