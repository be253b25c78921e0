package org.finegrain.ingest;

import org.apache.spark.sql.SparkSession;

/** A Spark session with two local cores, set as the jobs set it. */
public final class LocalSpark {
  private LocalSpark() {}

  /** Opens the session, or returns the one that is open; the test closes it. */
  public static SparkSession open() {
    return open("local[2]");
  }

  static SparkSession open(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("test")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}
