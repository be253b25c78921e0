package org.finegrain.ingest;

import java.util.Collection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Parquet files that finegrain wrote, read by the paths they have. Spark alone would take a path
 * with brackets, braces or stars for a pattern, as of a folder that a user named so.
 */
public final class StoredParquet {
  private StoredParquet() {}

  /**
   * Reads files of one schema.
   *
   * @param locations Hadoop paths
   */
  public static Dataset<Row> read(SparkSession spark, Collection<String> locations) {
    return spark
        .read()
        .parquet(locations.stream().map(StoredParquet::literally).toArray(String[]::new));
  }

  /** Escapes what Hadoop's patterns give a meaning. */
  private static String literally(String location) {
    return location.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
  }
}
