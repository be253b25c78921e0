package org.finegrain.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * What the driver's process needs for Spark to start in it; Spark itself would end in a trace.
 *
 * @param spark its version
 * @param scala the version of Scala that it comes with
 * @param user the name of whoever runs the process; {@code ?} if there is none
 * @param temporary the folder of temporary files
 * @param heapBytes of the driver
 * @param executorHeapBytes as asked for
 */
public record Platform(
    String spark,
    String scala,
    String user,
    String temporary,
    long heapBytes,
    long executorHeapBytes) {
  /** Spark's own limit: one and a half times what it reserves. */
  private static final long LEAST_HEAP = 450L << 20;

  /** The platform of this process, for a session with these settings. */
  public static Platform of(SparkConf settings) {
    return new Platform(
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        scalaVersion(),
        System.getProperty("user.name"),
        System.getProperty("java.io.tmpdir"),
        Runtime.getRuntime().maxMemory(),
        settings.getSizeAsBytes("spark.executor.memory", "1g"));
  }

  private static String scalaVersion() {
    try {
      return (String)
          Class.forName("scala.util.Properties").getMethod("versionNumberString").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot find Scala", e);
    }
  }

  /**
   * @throws UnfitException with a sentence that names the remedy
   */
  public void requireFit() {
    Stream.of(versions(), named(), writable(), heap(), executorHeap())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            fault -> {
              throw new UnfitException(fault);
            });
  }

  private Optional<String> versions() {
    return fault(
        !spark.startsWith(Versions.SPARK) || !scala.startsWith("2.12."),
        "Spark 3.5 for Scala 2.12 is needed, this is Spark %s for Scala %s: set SPARK_HOME to another",
        spark,
        scala);
  }

  private Optional<String> named() {
    return fault(
        user.equals("?"),
        "Hadoop needs the name of the user, who has none on this machine: add the user to /etc/passwd");
  }

  private Optional<String> writable() {
    return TemporaryFiles.fault(temporary)
        .map(
            it ->
                it
                    + ": name another folder by -Djava.io.tmpdir=DIR in spark.driver.extraJavaOptions");
  }

  private Optional<String> heap() {
    return fault(
        heapBytes < LEAST_HEAP,
        "Spark needs a heap of 450 MiB, the driver has %d MiB: give more by FINEGRAIN_MEMORY or --driver-memory",
        heapBytes >> 20);
  }

  private Optional<String> executorHeap() {
    return fault(
        executorHeapBytes < LEAST_HEAP,
        "Spark needs a heap of 450 MiB in each executor, spark.executor.memory is %d MiB: give more",
        executorHeapBytes >> 20);
  }

  private static Optional<String> fault(boolean is, String sentence, Object... values) {
    return is ? Optional.of(String.format(Locale.ROOT, sentence, values)) : Optional.empty();
  }
}
