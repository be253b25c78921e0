package org.finegrain.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.ingest.StoredParquet;
import org.finegrain.storage.Folder;

/**
 * Reads and writes {@code predictions.parquet} of a run folder, the predictions for test images.
 */
public final class Predictions {
  /** The name of the file within the run folder. */
  public static final String NAME = "predictions.parquet";

  private static final StructType SCHEMA =
      new StructType()
          .add("image_id", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("classes", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private Predictions() {}

  /** Reads the predictions of a run, sorted by image id; a run that diverged has none. */
  public static List<Row> read(SparkSession spark, Folder runFolder) throws IOException {
    return runFolder.exists(NAME)
        ? StoredParquet.read(spark, List.of(runFolder.location(NAME)))
            .sort("image_id")
            .collectAsList()
        : List.of();
  }

  /** Writes one row for each sample, in the given order, by a task on an executor of the engine. */
  static void write(
      SparkSession spark, TrainingEngine engine, List<Prediction> predictions, Folder runFolder)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Prediction it : predictions) {
      rows.add(
          RowFactory.create(
              it.id(),
              it.label(),
              it.classes().toArray(Integer[]::new),
              it.probabilities().toArray(Double[]::new)));
    }
    JavaRDD<Row> placed =
        engine.within(JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, 1));
    Folder place = runFolder.folder(NAME);
    place.replace( // an attempt that was killed before it wrote its result may have left one
        partial -> spark.createDataFrame(placed, SCHEMA).write().parquet(partial.location()));
  }
}
