package org.finegrain.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Excerpt;
import org.finegrain.dataset.Split;
import org.finegrain.storage.Folder;

/** An ingested dataset, opened for reading. */
public final class IngestedDataset {
  private final SparkSession spark;
  private final Folder folder;
  private final Manifest manifest;

  private IngestedDataset(SparkSession spark, Folder folder, Manifest manifest) {
    this.spark = spark;
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a dataset and compares the sizes of its parts with its manifest.
   *
   * @param location the folder of the dataset, a Hadoop path
   * @throws DataException if there is no dataset, if it has another format, or if a part is missing
   *     or has another size
   */
  public static IngestedDataset open(SparkSession spark, String location) throws IOException {
    Folder folder = Folder.at(location, spark.sparkContext().hadoopConfiguration());
    return new IngestedDataset(spark, folder, manifest(folder));
  }

  /**
   * Reads a dataset's manifest, and compares the sizes of the parts with it. Needs no Spark.
   *
   * @throws DataException as {@link #open} does
   */
  static Manifest manifest(Folder folder) throws IOException {
    Manifest manifest = Manifest.read(folder);
    requireNone(folder, manifest, new PartsCheck(folder, manifest).sizes());
    return manifest;
  }

  /**
   * Reads every part on the executors, and compares it and its rows with the manifest.
   *
   * @throws DataException if something differs; the message names it
   */
  public void verify() throws IOException {
    requireNone(
        folder,
        manifest,
        new PartsCheck(folder, manifest).everything(new PartsInSpark(spark, folder)));
  }

  private static void requireNone(Folder folder, Manifest manifest, List<String> faults) {
    if (faults.size() == 1) {
      throw new DataException(faults.get(0) + ": " + manifest.remedy());
    }
    if (!faults.isEmpty()) {
      throw new DataException(
          String.format(Locale.ROOT, "%s is damaged: %s:", folder, manifest.remedy())
              + String.join("", Excerpt.of(faults).stream().map(fault -> "\n  " + fault).toList()));
    }
  }

  /** Returns the short name of the dataset: cub, aircraft, cars or dogs. */
  public String name() {
    return manifest.dataset();
  }

  /** Returns the folder of the dataset, a Hadoop path. */
  public String location() {
    return folder.location();
  }

  /** Returns the names of the classes in label order. */
  public List<String> classNames() {
    return manifest.classes();
  }

  /** Returns the SHA-256 over the rows as hex. Equal fingerprints mean equal data. */
  public String fingerprint() {
    return manifest.fingerprint();
  }

  /** Returns a text that no other data have, nor these in another place. */
  public String identity() {
    return location() + "@" + fingerprint();
  }

  /** Returns the faults in its images that a user should know. */
  public ImageFindings findings() {
    return manifest.findings();
  }

  /** Returns the number of rows in a split. */
  public long count(Split split) {
    return manifest.images(split);
  }

  /** Returns the samples of a split, in the order of the shards. */
  public JavaRDD<StoredSample> samples(Split split) {
    StructType columns = Columns.ofSamples(split == Split.TRAIN && manifest.isAugmented());
    return rows(split, part -> StoredParquet.read(spark, columns, folder.location(part)))
        .map(Columns::sample);
  }

  /**
   * Returns the rows of a split in the order of the shards. Each part is read on its own, because
   * Spark orders the files of one read by their size. The rows of a task follow each other.
   */
  JavaRDD<Row> rows(Split split) {
    return rows(split, part -> StoredParquet.read(spark, List.of(folder.location(part))));
  }

  private JavaRDD<Row> rows(Split split, Function<String, Dataset<Row>> read) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Row> rows = null;
    for (String part : manifest.parts(split)) {
      JavaRDD<Row> more = read.apply(part).toJavaRDD();
      rows = rows == null ? more : rows.union(more);
    }
    return rows == null ? context.emptyRDD() : rows;
  }
}
