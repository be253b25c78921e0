package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.ingest.StoredParquet;
import org.finegrain.storage.Folder;

/**
 * Reads and writes {@code predictions.parquet} of a run folder, the predictions for test images.
 */
public final class Predictions {
  /** The name of the file within the run folder. */
  public static final String NAME = "predictions.parquet";

  /** The name of the only part, which sorts and reads as Spark's own do. */
  private static final String PART = "part-00000.snappy.parquet";

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message predictions {
            required binary image_id (STRING);
            required int32 label;
            required group classes (LIST) { repeated group list { required int32 element; } }
            required group probabilities (LIST) { repeated group list { required double element; } }
          }""");

  private Predictions() {}

  /** Reads the predictions of a run, sorted by image id; a run that diverged has none. */
  public static List<Row> read(SparkSession spark, Folder runFolder) throws IOException {
    return runFolder.exists(NAME)
        ? StoredParquet.read(spark, List.of(runFolder.location(NAME)))
            .sort("image_id")
            .collectAsList()
        : List.of();
  }

  /**
   * Writes one row for each sample, in the given order. The driver does so, which has the
   * predictions: a job of Spark SQL takes longer than the writing.
   */
  static void write(List<Prediction> predictions, Configuration hadoop, Folder runFolder)
      throws IOException {
    Folder place = runFolder.folder(NAME);
    place.replace( // an attempt that was killed before it wrote its result may have left one
        partial -> {
          Path part = new Path(partial.location(PART));
          try (ParquetWriter<Group> writer =
              ExampleParquetWriter.builder(HadoopOutputFile.fromPath(part, hadoop))
                  .withConf(hadoop)
                  .withType(SCHEMA)
                  .withCompressionCodec(CompressionCodecName.SNAPPY)
                  .build()) {
            for (Prediction prediction : predictions) {
              writer.write(row(prediction));
            }
          }
          partial.write(Checkpoints.SUCCESS, "");
        });
  }

  private static Group row(Prediction prediction) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.add("image_id", prediction.id());
    row.add("label", prediction.label());
    Group classes = row.addGroup("classes");
    prediction.classes().forEach(it -> classes.addGroup("list").add("element", it));
    Group probabilities = row.addGroup("probabilities");
    prediction.probabilities().forEach(it -> probabilities.addGroup("list").add("element", it));
    return row;
  }
}
