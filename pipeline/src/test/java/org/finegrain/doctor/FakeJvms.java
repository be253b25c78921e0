package org.finegrain.doctor;

import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.environment.Build;
import org.finegrain.environment.Machine;

/** Processes with one thing out of order. */
final class FakeJvms {
  static final EngineOptions MKL_DNN = new EngineOptions("mkldnn", "4", true, true);
  static final EngineOptions MKL_BLAS = new EngineOptions("mklblas", null, true, true);
  static final Machine MACHINE = new Machine("Fast CPU", List.of("avx2", "avx512bw"), 8, 32L << 30);

  /** A driver and two executors, all in order. */
  static final Jvms FINE = jvms(jvm(), jvm(), jvm());

  private FakeJvms() {}

  /** One process, the values of which a test changes. */
  static final class Builder {
    private String java = "17.0.15";
    private String spark = "3.5.7";
    private String version = "0.1.0";
    private List<String> closed = List.of();
    private EngineOptions engine = MKL_DNN;
    private String nativeFault = "";
    private String cbwr = "";
    private String blockTime = "1";
    private String fileNames = "UTF-8";
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

    Builder closed(String... values) {
      closed = List.of(values);
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

    Builder cbwr(String value) {
      cbwr = value;
      return this;
    }

    Builder blockTime(String value) {
      blockTime = value;
      return this;
    }

    Builder fileNames(String value) {
      fileNames = value;
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
          closed,
          engine,
          nativeFault,
          cbwr,
          blockTime,
          fileNames,
          machine,
          maxHeapBytes);
    }
  }

  static Builder jvm() {
    return new Builder();
  }

  /** The executors, numbered from 0, share a host. */
  static Jvms jvms(Builder driver, Builder... executors) {
    return new Jvms(
        driver.build("driver", "home"),
        IntStream.range(0, executors.length)
            .mapToObj(i -> executors[i].build(Integer.toString(i), "host"))
            .toList(),
        "");
  }
}
