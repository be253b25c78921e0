package org.finegrain.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.finegrain.storage.Folder;

/**
 * Writes rows as a dataset's Parquet parts: one task and one part a shard, rows sorted. Neither the
 * number of executors nor the order of the rows shows in a part. Its footer lists encodings in an
 * order that differs between two processes, as Parquet keeps them in a hash set.
 */
final class PartWriter {
  /** The paths of a dataset's parts. */
  static final Pattern PART = Pattern.compile("(train|val|test)/part-[0-9]{5,}\\.parquet");

  private static final String SPLIT = "split";
  private static final String STAGING = "_parts";
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final SparkSession spark;
  private final Folder folder;

  PartWriter(SparkSession spark, Folder folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /**
   * @param rows by shard; a row's first value is the folder of its split, of which a shard has one
   * @param columns of the rows' other values
   * @param order the columns to sort by
   */
  void write(JavaPairRDD<Integer, Row> rows, int shards, StructType columns, List<String> order)
      throws IOException {
    StructType schema = new StructType().add(SPLIT, DataTypes.StringType, false);
    for (var column : columns.fields()) {
      schema = schema.add(column);
    }
    spark
        .createDataFrame(rows.partitionBy(new ByShard(shards)).values(), schema)
        .sortWithinPartitions(SPLIT, order.toArray(String[]::new))
        .write()
        .partitionBy(SPLIT)
        .option("compression", "snappy")
        .option("parquet.block.size", ROW_GROUP_BYTES)
        .option("parquet.enable.dictionary#" + Columns.JPEG, "false") // no two are equal
        .parquet(folder.location(STAGING));
    nameParts();
  }

  /** Spark's names hold the task's number and a random id: their order stays, the id goes. */
  private void nameParts() throws IOException {
    TreeMap<String, Integer> parts = new TreeMap<>();
    for (String file : folder.folder(STAGING).files().keySet()) {
      if (file.startsWith(SPLIT + "=")) {
        String split = file.substring(SPLIT.length() + 1, file.indexOf('/'));
        int number = parts.merge(split, 1, Integer::sum) - 1;
        folder.move(
            STAGING + "/" + file,
            String.format(Locale.ROOT, "%s/part-%05d.parquet", split, number));
      }
    }
    folder.delete(STAGING);
  }

  /** The key is the number of the partition. */
  private static final class ByShard extends Partitioner {
    private final int shards;

    ByShard(int shards) {
      this.shards = shards;
    }

    @Override
    public int numPartitions() {
      return shards;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }
}
