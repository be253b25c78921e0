package org.finegrain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.image.TrainingTransform;
import org.finegrain.storage.Folder;
import scala.Tuple2;

/**
 * The Spark job that stores what training sees of an ingested dataset: N variants of every train
 * image in the same layout, validation and test images unchanged, and a contact sheet to look at.
 */
public final class AugmentAction {
  /** The name of the contact sheet in the dataset's folder. */
  public static final String CONTACT_SHEET = "contact-sheet.png";

  private static final int IMAGES_PER_TASK = 32;
  private static final int SHEET_ROWS = 10;
  private static final int SHEET_EPOCHS = 6;

  private final Supplier<SparkSession> spark;
  private final AugmentRequest request;
  private final Folder source;
  private final Manifest data;
  private final JsonNode settings;
  private final Destination destination;

  private AugmentAction(Configuration hadoop, Supplier<SparkSession> spark, AugmentRequest request)
      throws IOException {
    this.spark = spark;
    this.request = request;
    source = Folder.at(request.data(), hadoop);
    data = IngestedDataset.manifest(source);
    settings = settings(request);
    destination =
        new Destination(hadoop, Folder.at(request.out(), hadoop), request.overwrite(), spark);
  }

  private static JsonNode settings(AugmentRequest request) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("augmentation", request.augmentation());
    settings.put("variants", request.variants());
    settings.put("seed", request.seed());
    settings.put("rows-per-shard", request.rowsPerShard());
    return Manifest.settings(settings);
  }

  /**
   * Opens the dataset that is to be augmented.
   *
   * @throws DataException if there is no ingested dataset, or if it holds variants already
   */
  public static AugmentAction of(SparkSession spark, AugmentRequest request) throws IOException {
    return of(spark.sparkContext().hadoopConfiguration(), () -> spark, request);
  }

  /**
   * Opens the dataset in the same way, without Spark.
   *
   * @param hadoop Hadoop's configuration
   * @param spark gives the session; it is asked only if there is something to write
   */
  public static AugmentAction of(
      Configuration hadoop, Supplier<SparkSession> spark, AugmentRequest request)
      throws IOException {
    AugmentAction action = new AugmentAction(hadoop, spark, request);
    if (action.data.isAugmented()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot augment %s: it already holds variants; name the dataset that they were made from",
              request.data()));
    }
    return action;
  }

  /**
   * Returns a sentence that says what {@link #run} would do.
   *
   * @throws DataException if {@link #run} would throw it
   */
  public String plan() throws IOException {
    String variants =
        String.format(
            Locale.ROOT,
            "%d variants of each of %d train images of %s",
            request.variants(),
            data.images(Split.TRAIN),
            data.dataset());
    return isUpToDate()
        ? String.format(Locale.ROOT, "%s holds %s already: nothing to do", location(), variants)
        : String.format(Locale.ROOT, "would write %s into %s", variants, location());
  }

  /**
   * Writes the variants, unless the folder already holds them.
   *
   * @throws DataException if the folder holds something else
   */
  public IngestResult run() throws IOException {
    double[] seconds = new double[1];
    boolean written =
        destination.write(
            data.dataset(), data.fingerprint(), settings, partial -> seconds[0] = write(partial));
    long images = Manifest.read(destination.folder()).images();
    double imagesPerSecond =
        written ? data.images(Split.TRAIN) * request.variants() / seconds[0] : 0;
    return new IngestResult(location(), !written, images, ImageFindings.NONE, imagesPerSecond);
  }

  private boolean isUpToDate() throws IOException {
    return destination.isUpToDate(data.dataset(), data.fingerprint(), settings);
  }

  private String location() {
    return destination.folder().location();
  }

  private double write(Folder partial) throws IOException {
    SparkSession session = spark.get();
    IngestedDataset dataset = IngestedDataset.open(session, request.data());
    double seconds =
        JobDescription.of(session, "Augment the train images of " + data.dataset())
            .run(() -> writeVariants(dataset, partial));
    copy(Split.VAL, partial);
    copy(Split.TEST, partial);
    List<StoredSample> shown =
        JobDescription.of(session, "Find images for the contact sheet of " + data.dataset())
            .run(() -> shown(dataset));
    int epochs = Math.min(SHEET_EPOCHS, request.variants());
    ContactSheet sheet = new ContactSheet(request.augmentation(), request.seed(), epochs);
    partial.write(CONTACT_SHEET, out -> sheet.write(shown, out));
    Manifest manifest =
        JobDescription.of(session, "Read back what was written of " + data.dataset())
            .run(() -> manifest(partial));
    manifest.write(partial);
    return seconds;
  }

  private double writeVariants(IngestedDataset dataset, Folder partial) throws IOException {
    LongAccumulator done = spark.get().sparkContext().longAccumulator("images");
    int variants = request.variants();
    LoadSample.ForTraining load =
        new LoadSample.ForTraining(TrainingTransform.of(request.augmentation()), request.seed());
    long images = data.images(Split.TRAIN);
    if (images == 0) {
      throw new DataException(
          String.format(Locale.ROOT, "Cannot augment %s: it has no train images", location()));
    }
    try (Progress progress = Progress.start("augment " + data.dataset(), images, done::value)) {
      int tasks =
          (int) Math.max(spark.get().sparkContext().defaultParallelism(), images / IMAGES_PER_TASK);
      JavaPairRDD<Integer, Row> rows =
          dataset
              .rows(Split.TRAIN)
              .zipWithIndex()
              .map(numbered -> numbered) // keeps Spark from reading the pair as key and value
              .repartition(tasks)
              .flatMapToPair(new MakeVariants(load, variants, request.rowsPerShard(), done));
      int shards = MakeVariants.shard(images * variants - 1, request.rowsPerShard()) + 1;
      new PartWriter(spark.get(), partial)
          .write(rows, shards, Columns.variants(), List.of(Columns.IMAGE_ID, Columns.VARIANT));
      return progress.seconds();
    }
  }

  private void copy(Split split, Folder partial) throws IOException {
    for (String part : data.parts(split)) {
      try (InputStream in = source.open(part)) {
        partial.write(part, in::transferTo);
      }
    }
  }

  /** Returns the first image of some classes, spread over all classes. */
  private static List<StoredSample> shown(IngestedDataset dataset) {
    List<Integer> labels = ContactSheet.spread(dataset.classNames().size(), SHEET_ROWS);
    return dataset
        .samples(Split.TRAIN)
        .filter(sample -> labels.contains(sample.label()))
        .mapToPair(sample -> new Tuple2<>(sample.label(), sample))
        .reduceByKey((a, b) -> a.imageId().compareTo(b.imageId()) <= 0 ? a : b)
        .sortByKey()
        .values()
        .collect();
  }

  private Manifest manifest(Folder partial) throws IOException {
    Inventory inventory =
        Inventory.take(new PartsInSpark(spark.get(), partial), data.classes().size());
    long expected = data.images(Split.TRAIN) * request.variants();
    long written = inventory.counts().get(Split.TRAIN.folder()).images();
    if (written != expected) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Augmentation wrote %d variants, but %d were expected",
              written,
              expected));
    }
    return new Manifest(
        Manifest.FORMAT,
        data.dataset(),
        data.synthetic(),
        data.classes(),
        inventory.counts(),
        data.officialCounts(),
        inventory.parts(),
        inventory.fingerprint(),
        data.fingerprint(),
        settings,
        List.of(),
        List.of(),
        data.duplicates());
  }
}
