package org.finegrain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.DatasetReader;
import org.finegrain.dataset.Excerpt;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Split;
import org.finegrain.dataset.SyntheticDatasets;
import org.finegrain.storage.Folder;

/**
 * The Spark job that turns an original layout into Parquet shards. It reads the lists, takes the
 * validation split from the train split, reads and decodes every image once on the executors,
 * writes the rows, and publishes the folder when it is complete.
 */
public final class IngestAction {
  /**
   * The number of images in a task. It is small, so that progress is visible and the last tasks end
   * together.
   */
  private static final int IMAGES_PER_TASK = 32;

  private final Supplier<SparkSession> spark;
  private final IngestRequest request;
  private final OriginalDataset original;
  private final boolean isSynthetic;
  private final List<ShardAssignment> assignments;
  private final String sourceFingerprint;
  private final JsonNode settings;
  private final Destination destination;

  private IngestAction(Configuration hadoop, Supplier<SparkSession> spark, IngestRequest request)
      throws IOException {
    this.spark = spark;
    this.request = request;
    Folder root = Folder.at(request.root(), hadoop);
    original = DatasetReader.of(request.dataset()).read(root);
    original.checkImages(root);
    isSynthetic = SyntheticDatasets.isSynthetic(root);
    assignments = ShardAssignment.of(original, request.config());
    for (ShardAssignment image : assignments) { // an executor would bury the message in traces
      OriginalImage.requireReadable(root, image.sample().path());
    }
    sourceFingerprint = SourceFingerprint.of(original);
    settings = Manifest.settings(request.config());
    destination =
        new Destination(hadoop, Folder.at(request.out(), hadoop), request.overwrite(), spark);
  }

  /**
   * Reads the lists. Images are not opened yet.
   *
   * @throws DataException if the lists are not as their layout promises
   */
  public static IngestAction of(SparkSession spark, IngestRequest request) throws IOException {
    return of(spark.sparkContext().hadoopConfiguration(), () -> spark, request);
  }

  /**
   * Reads the lists in the same way, without Spark.
   *
   * @param hadoop Hadoop's configuration
   * @param spark gives the session; it is asked only if there is something to write
   */
  public static IngestAction of(
      Configuration hadoop, Supplier<SparkSession> spark, IngestRequest request)
      throws IOException {
    return new IngestAction(hadoop, spark, request);
  }

  /**
   * Returns a sentence that says what {@link #run} would do.
   *
   * @throws DataException if {@link #run} would throw it
   */
  public String plan() throws IOException {
    String images = String.format(Locale.ROOT, "%s with %s", request.dataset(), counts());
    return isUpToDate()
        ? String.format(Locale.ROOT, "%s holds %s already: nothing to do", location(), images)
        : String.format(Locale.ROOT, "would ingest %s into %s", images, location());
  }

  private String counts() {
    Map<Split, Long> counts = new TreeMap<>();
    assignments.forEach(image -> counts.merge(image.split(), 1L, Long::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((split, count) -> words.add(count + " " + split.folder()));
    return String.format(
        Locale.ROOT,
        "%s images of %d classes",
        String.join(", ", words),
        original.classNames().size());
  }

  /**
   * Writes the dataset, unless the folder already holds it.
   *
   * @throws DataException if more images are broken than the configuration allows, or if the folder
   *     holds something else
   */
  public IngestResult run() throws IOException {
    double[] seconds = new double[1];
    boolean written =
        destination.write(
            request.dataset(), sourceFingerprint, settings, partial -> seconds[0] = write(partial));
    Manifest manifest = Manifest.read(destination.folder());
    double imagesPerSecond = written ? assignments.size() / seconds[0] : 0;
    return new IngestResult(
        location(), !written, manifest.images(), manifest.findings(), imagesPerSecond);
  }

  private boolean isUpToDate() throws IOException {
    return destination.isUpToDate(request.dataset(), sourceFingerprint, settings);
  }

  private String location() {
    return destination.folder().location();
  }

  private double write(Folder partial) throws IOException {
    SparkSession session = spark.get();
    CollectionAccumulator<Quarantined> broken =
        session.sparkContext().collectionAccumulator("quarantined");
    CollectionAccumulator<BadBox> badBoxes =
        session.sparkContext().collectionAccumulator("bad boxes");
    original.badBoxes().forEach(badBoxes::add);
    double seconds =
        JobDescription.of(session, "Ingest the images of " + request.dataset())
            .run(() -> writeParts(partial, broken, badBoxes));
    // A retried task reports its images again; in a set they count once.
    List<Quarantined> quarantined = List.copyOf(new TreeSet<>(broken.value()));
    checkQuarantine(quarantined);
    Manifest manifest =
        JobDescription.of(session, "Read back what was written of " + request.dataset())
            .run(
                () -> manifest(partial, quarantined, List.copyOf(new TreeSet<>(badBoxes.value()))));
    manifest.write(partial);
    return seconds;
  }

  private double writeParts(
      Folder partial,
      CollectionAccumulator<Quarantined> broken,
      CollectionAccumulator<BadBox> badBoxes)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.get().sparkContext());
    LongAccumulator done = context.sc().longAccumulator("images");
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    boolean boxes =
        !original.badBoxes().isEmpty()
            || assignments.stream().anyMatch(image -> image.sample().boundingBox().isPresent());
    StoreImage storeImage =
        new StoreImage(
            hadoop,
            request.root(),
            original.classNames(),
            boxes,
            StoredForm.of(request.config(), original.bannerRows()),
            done,
            broken,
            badBoxes);
    try (Progress progress =
        Progress.start("ingest " + request.dataset(), assignments.size(), done::value)) {
      int tasks = Math.max(context.defaultParallelism(), assignments.size() / IMAGES_PER_TASK);
      JavaPairRDD<Integer, Row> rows =
          context.parallelize(assignments, tasks).flatMapToPair(storeImage);
      int shards = assignments.get(assignments.size() - 1).shard() + 1;
      new PartWriter(spark.get(), partial)
          .write(rows, shards, Columns.originals(boxes), List.of(Columns.IMAGE_ID));
      return progress.seconds();
    } finally {
      hadoop.destroy();
    }
  }

  private void checkQuarantine(List<Quarantined> quarantined) {
    double fraction = (double) quarantined.size() / assignments.size();
    if (fraction <= request.config().maxQuarantinedFraction() && fraction < 1) {
      return;
    }
    StringBuilder message =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Cannot ingest %s from %s: %d of %d images are broken, %.2f %%, but"
                    + " ingest.max-quarantined-fraction allows %.2f %%; repair them, or restore"
                    + " them from the original archive:",
                request.dataset(),
                request.root(),
                quarantined.size(),
                assignments.size(),
                100 * fraction,
                100 * request.config().maxQuarantinedFraction()));
    Excerpt.of(quarantined).forEach(line -> message.append("\n  ").append(line));
    throw new DataException(message.toString());
  }

  private Manifest manifest(Folder partial, List<Quarantined> quarantined, List<BadBox> badBoxes)
      throws IOException {
    Inventory inventory =
        Inventory.take(new PartsInSpark(spark.get(), partial), original.classNames().size());
    if (inventory.images() + quarantined.size() != assignments.size()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Ingestion lost images: %d were listed, but %d were written and %d quarantined",
              assignments.size(),
              inventory.images(),
              quarantined.size()));
    }
    return new Manifest(
        Manifest.FORMAT,
        request.dataset(),
        isSynthetic,
        original.classNames(),
        inventory.counts(),
        OfficialCounts.of(request.dataset()),
        inventory.parts(),
        inventory.fingerprint(),
        sourceFingerprint,
        settings,
        quarantined,
        badBoxes,
        inventory.duplicates());
  }
}
