package org.finegrain.ingest;

import java.util.Collection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The reading of Parquet files under their literal paths. Spark itself takes a path with brackets,
 * braces or stars for a pattern, and a user may name a folder so.
 */
public final class StoredParquet {
  private StoredParquet() {}

  /**
   * Reads files of one schema.
   *
   * @param locations the Hadoop paths of the files
   */
  public static Dataset<Row> read(SparkSession spark, Collection<String> locations) {
    return spark
        .read()
        .parquet(locations.stream().map(StoredParquet::escaped).toArray(String[]::new));
  }

  /**
   * Reads some columns of a file, whose schema Spark then need not look up.
   *
   * @param location the Hadoop path of the file
   */
  static Dataset<Row> read(SparkSession spark, StructType columns, String location) {
    return spark.read().schema(columns).parquet(escaped(location));
  }

  /** Escapes the characters that have a meaning in Hadoop's patterns. */
  private static String escaped(String location) {
    return location.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
  }
}
