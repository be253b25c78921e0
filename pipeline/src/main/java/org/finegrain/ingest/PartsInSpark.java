package org.finegrain.ingest;

import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.finegrain.storage.Folder;

/** Reads the parts of a dataset on the executors. */
record PartsInSpark(SparkSession spark, Folder folder) implements Parts {
  @Override
  public List<StoredRow> rows(List<String> paths) {
    Dataset<Row> table = StoredParquet.read(spark, paths.stream().map(folder::location).toList());
    boolean variants = Arrays.asList(table.columns()).contains(Columns.VARIANT);
    List<StoredRow> rows = new ArrayList<>();
    for (Row row :
        table
            .select(
                input_file_name(),
                new Column(Columns.IMAGE_ID),
                variants ? new Column(Columns.VARIANT) : lit(-1),
                new Column(Columns.LABEL),
                new Column(Columns.SHA256),
                new Column(Columns.SOURCE_PATH))
            .collectAsList()) {
      String file = row.getString(0);
      rows.add(
          new StoredRow(
              file.substring(file.lastIndexOf('/') + 1),
              row.getString(1),
              row.getInt(2),
              row.getInt(3),
              row.getString(4),
              row.getString(5)));
    }
    return rows;
  }

  @Override
  public Map<String, String> sha256(List<String> paths) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String location = folder.location();
    Map<String, String> sha256 = new HashMap<>();
    for (String line :
        context
            .parallelize(paths, Math.max(1, paths.size()))
            .map(path -> Folder.at(location, hadoop.value().value()).sha256(path) + path)
            .collect()) {
      sha256.put(line.substring(64), line.substring(0, 64));
    }
    hadoop.destroy();
    return sha256;
  }
}
