package org.finegrain.ingest;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of an ingested dataset's Parquet files. */
final class Columns {
  static final String IMAGE_ID = "image_id";
  static final String VARIANT = "variant";
  static final String LABEL = "label";
  static final String CLASS_NAME = "class_name";
  static final String WIDTH = "width";
  static final String HEIGHT = "height";
  static final String JPEG = "jpeg";
  static final String SOURCE_PATH = "source_path";
  static final String SHA256 = "sha256";

  private Columns() {}

  /**
   * Returns the columns of an ingested dataset. If the layout has boxes, they include those of the
   * box.
   */
  static StructType originals(boolean boxes) {
    StructType columns = image(new StructType().add(IMAGE_ID, DataTypes.StringType, false));
    if (!boxes) {
      return columns;
    }
    return columns
        .add("box_left", DataTypes.DoubleType)
        .add("box_top", DataTypes.DoubleType)
        .add("box_width", DataTypes.DoubleType)
        .add("box_height", DataTypes.DoubleType);
  }

  /** Returns the columns of an augmented dataset's train split. */
  static StructType variants() {
    return image(
        new StructType()
            .add(IMAGE_ID, DataTypes.StringType, false)
            .add(VARIANT, DataTypes.IntegerType, false));
  }

  /**
   * Returns the columns that a sample needs. Who names them spares Spark a job that reads a part's
   * schema.
   *
   * @param variants whether the rows hold variants of images
   */
  static StructType ofSamples(boolean variants) {
    StructType columns = new StructType().add(IMAGE_ID, DataTypes.StringType, false);
    return (variants ? columns.add(VARIANT, DataTypes.IntegerType, false) : columns)
        .add(LABEL, DataTypes.IntegerType, false)
        .add(CLASS_NAME, DataTypes.StringType, false)
        .add(JPEG, DataTypes.BinaryType, false)
        .add(SHA256, DataTypes.StringType, false);
  }

  private static StructType image(StructType ids) {
    return ids.add(LABEL, DataTypes.IntegerType, false)
        .add(CLASS_NAME, DataTypes.StringType, false)
        .add(WIDTH, DataTypes.IntegerType, false)
        .add(HEIGHT, DataTypes.IntegerType, false)
        .add(JPEG, DataTypes.BinaryType, false)
        .add(SOURCE_PATH, DataTypes.StringType, false)
        .add(SHA256, DataTypes.StringType, false);
  }

  /**
   * Returns the sample in a row. It runs on executors. Each variant of an image gets an id of its
   * own.
   */
  static StoredSample sample(Row row) {
    String imageId = row.getAs(IMAGE_ID);
    boolean variants = List.of(row.schema().fieldNames()).contains(VARIANT);
    return new StoredSample(
        variants ? imageId + "#" + row.<Integer>getAs(VARIANT) : imageId,
        row.<Integer>getAs(LABEL),
        row.getAs(CLASS_NAME),
        row.getAs(JPEG),
        row.getAs(SHA256));
  }
}
