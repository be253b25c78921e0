package org.finegrain.environment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The machine that a process runs on.
 *
 * @param cpu the model as the processor names itself
 * @param vectors its vector instructions that numeric libraries choose their code by, as Linux
 *     names them
 * @param processors that the process may use
 * @param memoryBytes of the machine, or of the container where it has a limit
 */
public record Machine(String cpu, List<String> vectors, int processors, long memoryBytes)
    implements Serializable {
  private static final String UNKNOWN = "unknown";

  private static final Set<String> VECTORS =
      Set.of(
          "sse4_1",
          "sse4_2",
          "avx",
          "fma",
          "avx2",
          "avx512f",
          "avx512bw",
          "avx512_vnni",
          "avx512_bf16",
          "amx_bf16",
          "amx_int8");

  /** Found when it is first asked for, and not by {@link #currentHas}. */
  private static final class Current {
    static final Machine MACHINE = find();
  }

  private static final class CurrentVectors {
    static final List<String> NAMES = vectors(cpuInfo());
  }

  /** Not to be asked for first by a thread that is bound to one processor: that would be all. */
  public static Machine current() {
    return Current.MACHINE;
  }

  /** Whether the processor has these vector instructions; from any thread. */
  public static boolean currentHas(String vector) {
    return CurrentVectors.NAMES.contains(vector);
  }

  private static Machine find() {
    return of(
        cpuInfo(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** Empty where there is no such file. */
  private static List<String> cpuInfo() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * @param cpuInfo the lines of {@code /proc/cpuinfo}; what its first processor says counts
   */
  static Machine of(List<String> cpuInfo, int processors, long memoryBytes) {
    return new Machine(value(cpuInfo, "model name"), vectors(cpuInfo), processors, memoryBytes);
  }

  private static List<String> vectors(List<String> cpuInfo) {
    return Arrays.stream(value(cpuInfo, "flags").split(" "))
        .filter(VECTORS::contains)
        .sorted()
        .toList();
  }

  private static String value(List<String> cpuInfo, String key) {
    return cpuInfo.stream()
        .filter(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip().equals(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse(UNKNOWN);
  }

  public boolean has(String vector) {
    return vectors.contains(vector);
  }
}
