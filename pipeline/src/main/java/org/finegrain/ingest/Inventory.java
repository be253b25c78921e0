package org.finegrain.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.Folder;

/**
 * The inventory of a dataset, read back from its parts after they have been written.
 *
 * @param parts the parts, with sizes and checksums
 * @param counts the numbers of images by the folder of their split; an empty split has no entry
 * @param fingerprint the SHA-256 over the split, ids, label and checksum of every row
 * @param duplicates equal images in several splits or with several labels
 */
record Inventory(
    List<Manifest.Part> parts,
    Map<String, Manifest.SplitCounts> counts,
    String fingerprint,
    List<Duplicate> duplicates) {

  long images() {
    return parts.stream().mapToLong(Manifest.Part::rows).sum();
  }

  /**
   * Reads the parts in a folder.
   *
   * @throws DataException if a label is not one of the classes
   */
  static Inventory take(SparkSession spark, Folder folder, int classes) throws IOException {
    Map<String, Long> files = folder.files();
    Map<String, Long> rowsByPart = new HashMap<>();
    Map<String, Manifest.SplitCounts> counts = new TreeMap<>();
    MessageDigest digest = Checksums.newSha256();
    List<String> paths = new ArrayList<>();
    List<Duplicate.Occurrence> images = new ArrayList<>();
    for (Split split : Split.values()) {
      List<String> parts = partsOf(split, files.keySet());
      if (parts.isEmpty()) {
        continue;
      }
      paths.addAll(parts);
      Integer[] byClass = new Integer[classes];
      Arrays.fill(byClass, 0);
      List<StoredRow> listed = list(spark, folder, parts);
      for (StoredRow row : listed) {
        if (row.label < 0 || row.label >= classes) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "Invalid label %d of image %s in %s (must be below %d, the number of classes)",
                  row.label,
                  row.imageId,
                  folder,
                  classes));
        }
        byClass[row.label]++;
        rowsByPart.merge(split.folder() + "/" + row.file, 1L, Long::sum);
        digest.update(row.line(split).getBytes(UTF_8));
        images.add(new Duplicate.Occurrence(row.sha256, row.sourcePath, split.folder(), row.label));
      }
      counts.put(split.folder(), new Manifest.SplitCounts(listed.size(), List.of(byClass)));
    }
    Map<String, String> sha256 = sha256(spark, folder, paths);
    List<Manifest.Part> parts = new ArrayList<>();
    for (String path : paths) {
      parts.add(new Manifest.Part(path, rowsByPart.get(path), files.get(path), sha256.get(path)));
    }
    return new Inventory(parts, counts, Checksums.hex(digest.digest()), Duplicate.among(images));
  }

  private static List<String> partsOf(Split split, Collection<String> paths) {
    return paths.stream()
        .filter(PartWriter.PART.asMatchPredicate())
        .filter(path -> path.startsWith(split.folder() + "/"))
        .toList();
  }

  private record StoredRow(
      String file, String imageId, int variant, int label, String sha256, String sourcePath) {
    String line(Split split) {
      String id = variant < 0 ? imageId : imageId + "#" + variant;
      return String.format(Locale.ROOT, "%s\t%s\t%d\t%s\n", split.folder(), id, label, sha256);
    }
  }

  private static List<StoredRow> list(SparkSession spark, Folder folder, List<String> parts) {
    Dataset<Row> table = StoredParquet.read(spark, parts.stream().map(folder::location).toList());
    boolean variants = Arrays.asList(table.columns()).contains(Columns.VARIANT);
    List<StoredRow> listed = new ArrayList<>();
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
      listed.add(
          new StoredRow(
              file.substring(file.lastIndexOf('/') + 1),
              row.getString(1),
              row.getInt(2),
              row.getInt(3),
              row.getString(4),
              row.getString(5)));
    }
    Collections.sort(
        listed, Comparator.comparing(StoredRow::imageId).thenComparingInt(StoredRow::variant));
    return listed;
  }

  /** Returns the SHA-256 of each part's bytes as hex, by path. */
  static Map<String, String> sha256(SparkSession spark, Folder folder, List<String> paths) {
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
