package org.finegrain.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.dataset.Split;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifest of an ingested dataset, {@code _manifest.json}. {@code docs/formats.md} specifies
 * it.
 *
 * @param format the version of the format
 * @param dataset the short name: cub, aircraft, cars or dogs
 * @param synthetic whether the images were drawn and not photographed; false if the manifest is
 *     older than this field
 * @param classes the names of the classes in label order
 * @param counts the numbers of images by the folder of their split; an empty split has no entry
 * @param officialCounts the counts of the published dataset
 * @param parts the Parquet files
 * @param fingerprint the fingerprint of the rows
 * @param sourceFingerprint the fingerprint of the source that was ingested
 * @param config all settings that decide what the rows are
 * @param quarantined the missing or broken images
 * @param badBoxes the boxes that cannot be used; empty if the manifest is older than this field
 * @param duplicates equal images in several splits or with several labels; empty if the manifest is
 *     older than this field
 */
record Manifest(
    int format,
    String dataset,
    boolean synthetic,
    List<String> classes,
    Map<String, SplitCounts> counts,
    OfficialCounts officialCounts,
    List<Part> parts,
    String fingerprint,
    String sourceFingerprint,
    JsonNode config,
    List<Quarantined> quarantined,
    List<BadBox> badBoxes,
    List<Duplicate> duplicates) {
  static final int FORMAT = 1;
  static final String FILE = "_manifest.json";

  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  Manifest {
    badBoxes = badBoxes == null ? List.of() : badBoxes;
    duplicates = duplicates == null ? List.of() : duplicates;
    for (Object required :
        Arrays.asList(
            dataset,
            classes,
            counts,
            officialCounts,
            parts,
            fingerprint,
            sourceFingerprint,
            config,
            quarantined)) {
      Objects.requireNonNull(required);
    }
  }

  /**
   * The numbers of images in a split.
   *
   * @param byClass the number of images of each class, in label order
   */
  record SplitCounts(long images, List<Integer> byClass) {}

  /**
   * A Parquet file of the dataset.
   *
   * @param path its path, relative to the dataset's folder
   * @param rows the number of its rows
   * @param bytes its size
   * @param sha256 its SHA-256 as hex
   */
  record Part(String path, long rows, long bytes, String sha256) {}

  /**
   * Returns settings in the form in which the manifest holds them, so that they can be compared.
   */
  static JsonNode settings(Object settings) {
    try {
      return JSON.readTree(JSON.writeValueAsString(settings));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + settings + " as JSON", e);
    }
  }

  static boolean exists(Folder folder) throws IOException {
    return folder.exists(FILE);
  }

  /**
   * Reads the manifest in a folder.
   *
   * @throws DataException if the folder holds no ingested dataset, or one of a later format, or if
   *     the manifest is damaged
   */
  static Manifest read(Folder folder) throws IOException {
    if (!exists(folder)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot find %s in %s: %s",
              FILE,
              folder.location(),
              remedyOfNone(folder)));
    }
    try {
      JsonNode json = JSON.readTree(folder.text(FILE));
      int format = json.path("format").asInt(0);
      if (format > FORMAT) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Unsupported format %d of %s: this version reads %d; write the dataset again with"
                    + " --overwrite",
                format,
                folder.location(FILE),
                FORMAT));
      }
      Manifest manifest = JSON.treeToValue(json, Manifest.class);
      if (manifest != null) {
        return manifest;
      }
    } catch (JsonProcessingException e) {
      LOG.debug("{} is damaged", folder.location(FILE), e);
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "Cannot read %s: it is damaged; write the dataset again with --overwrite",
            folder.location(FILE)));
  }

  /** Returns what a user has to do who named a folder that is not an ingested dataset. */
  private static String remedyOfNone(Folder folder) throws IOException {
    List<String> datasets = new ArrayList<>();
    for (String name : folder.folders()) {
      if (exists(folder.folder(name))) {
        datasets.add(name);
      }
    }
    return datasets.isEmpty()
        ? "it is not an ingested dataset; write one with: finegrain ingest"
        : String.format(
            Locale.ROOT,
            "it holds %s: name one of them, such as %s",
            String.join(", ", datasets),
            folder.location(datasets.get(0)));
  }

  void write(Folder folder) throws IOException {
    folder.write(FILE, JSON.writeValueAsString(this) + "\n");
  }

  /** Returns whether the train split holds variants of images. */
  boolean isAugmented() {
    return config.has(Columns.VARIANT + "s");
  }

  /** Returns what a user has to do to restore a damaged dataset. */
  String remedy() {
    return (isAugmented() ? "augment" : "ingest") + " the dataset again with --overwrite";
  }

  ImageFindings findings() {
    return new ImageFindings(quarantined, badBoxes, duplicates);
  }

  long images() {
    return parts.stream().mapToLong(Part::rows).sum();
  }

  long images(Split split) {
    SplitCounts images = counts.get(split.folder());
    return images == null ? 0 : images.images();
  }

  List<String> parts(Split split) {
    return parts.stream()
        .map(Part::path)
        .filter(path -> path.startsWith(split.folder() + "/"))
        .toList();
  }
}
