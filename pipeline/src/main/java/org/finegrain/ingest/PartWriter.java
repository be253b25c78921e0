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
 * The writer of a dataset's Parquet parts. Each shard is one task and one part with sorted rows. A
 * part depends neither on the number of executors nor on the order in which rows arrive. Only the
 * order of encodings in its footer differs between two processes, because Parquet keeps them in a
 * hash set.
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
   * Writes the rows.
   *
   * @param rows the rows by shard; the first value of a row is the folder of its split, and all
   *     rows of a shard have the same split
   * @param shards the number of shards
   * @param columns the columns of the other values of a row
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
        .option("parquet.enable.dictionary#" + Columns.JPEG, "false") // no two values are equal
        .parquet(folder.location(STAGING));
    nameParts();
  }

  /**
   * Renames the parts by their number. Spark's names have the number of the task and a random id,
   * so their order is that of the shards.
   */
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

  /** The partitioner by shard: the key is the number of the partition. */
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
