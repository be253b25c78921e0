package org.finegrain.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The properties of the driver's process that Spark depends on to start. They are checked first,
 * because Spark itself would fail with a stack trace instead of a remedy.
 *
 * @param spark the version of Spark
 * @param scala the version of Scala that Spark comes with
 * @param user the name of the user who runs the process; {@code ?} if the user has none
 * @param temporaryFolder the folder of temporary files
 * @param heapBytes the largest heap of the driver
 * @param executorHeapBytes the heap that the settings ask for in each executor
 */
public record Platform(
    String spark,
    String scala,
    String user,
    String temporaryFolder,
    long heapBytes,
    long executorHeapBytes) {
  /** Spark's own limit: 1.5 times the 300 MiB that it reserves. */
  private static final long MIN_HEAP_BYTES = 450L << 20;

  /** Returns the platform of this process, for a Spark session with these settings. */
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
      throw new IllegalStateException("Cannot find Scala's version", e);
    }
  }

  /**
   * Throws if Spark could not start in this process.
   *
   * @throws UnfitException with the first fault and its remedy
   */
  public void requireFit() {
    Stream.of(versions(), userName(), temporaryFiles(), heap(), executorHeap())
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
        "Cannot start Spark %s for Scala %s, Spark 3.5 for Scala 2.12 is needed: set SPARK_HOME to its folder",
        spark,
        scala);
  }

  private Optional<String> userName() {
    return fault(
        user.equals("?"),
        "Cannot find the name of the user, which Hadoop needs: add the user to /etc/passwd of this machine");
  }

  private Optional<String> temporaryFiles() {
    return TemporaryFiles.fault(temporaryFolder)
        .map(
            it ->
                it
                    + ": name another folder by -Djava.io.tmpdir=DIR in spark.driver.extraJavaOptions");
  }

  private Optional<String> heap() {
    return fault(
        heapBytes < MIN_HEAP_BYTES,
        "Spark needs a heap of 450 MiB, but the driver has %d MiB: give more by FINEGRAIN_MEMORY or --driver-memory",
        heapBytes >> 20);
  }

  private Optional<String> executorHeap() {
    return fault(
        executorHeapBytes < MIN_HEAP_BYTES,
        "Spark needs a heap of 450 MiB in each executor, but spark.executor.memory is %d MiB: give more",
        executorHeapBytes >> 20);
  }

  private static Optional<String> fault(boolean isFaulty, String sentence, Object... values) {
    return isFaulty ? Optional.of(String.format(Locale.ROOT, sentence, values)) : Optional.empty();
  }
}
