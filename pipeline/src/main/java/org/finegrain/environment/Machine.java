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
 * @param cpu the model of the processor, as it names itself
 * @param vectors the vector instructions by which numeric libraries choose their code, under
 *     Linux's names, sorted
 * @param processors the number of processors that the process may use
 * @param memoryBytes the memory of the machine in bytes, or the limit of the container if it has
 *     one
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

  /**
   * The machine of this process. It is found at the first call of {@link #current}, and not at that
   * of {@link #currentHas}.
   */
  private static final class Current {
    static final Machine MACHINE = find();
  }

  private static final class CurrentVectors {
    static final List<String> NAMES = vectors(cpuInfo());
  }

  /**
   * Returns the machine of this process. The first call must not come from a thread that is bound
   * to one processor, because the JVM would see that processor alone.
   */
  public static Machine current() {
    return Current.MACHINE;
  }

  /** Returns whether the processor has these vector instructions. Any thread may call it. */
  public static boolean currentHas(String vector) {
    return CurrentVectors.NAMES.contains(vector);
  }

  private static Machine find() {
    return of(
        cpuInfo(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** Returns the lines of {@code /proc/cpuinfo}; none if there is no such file. */
  private static List<String> cpuInfo() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Returns the machine that these lines describe.
   *
   * @param cpuInfo the lines of {@code /proc/cpuinfo}, of which those of the first processor count
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

  /** Returns whether the processor has these vector instructions, under Linux's name. */
  public boolean has(String vector) {
    return vectors.contains(vector);
  }
}
