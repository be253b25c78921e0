package org.finegrain.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
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
 * What an ingested dataset holds; {@code _manifest.json}, specified in {@code docs/formats.md}.
 *
 * @param classes names in label order
 * @param counts by the folder of a split; no entry for an empty split
 * @param officialCounts of the published dataset
 * @param fingerprint of the rows
 * @param sourceFingerprint of what was ingested
 * @param config the settings, all that decides what the rows are
 * @param badBoxes empty where the manifest is older than them; so are {@code duplicates}
 */
record Manifest(
    int format,
    String dataset,
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
   * @param byClass images in label order
   */
  record SplitCounts(long images, List<Integer> byClass) {}

  /**
   * @param path relative to the dataset
   */
  record Part(String path, long rows, long bytes, String sha256) {}

  /** Settings as the manifest holds them, so that they can be compared. */
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
   * @throws DataException if {@code folder} is no ingested dataset, or of another format
   */
  static Manifest read(Folder folder) throws IOException {
    if (!exists(folder)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot find %s in %s: it is no ingested dataset; write one by: finegrain ingest",
              FILE,
              folder.location()));
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

  void write(Folder folder) throws IOException {
    folder.write(FILE, JSON.writeValueAsString(this) + "\n");
  }

  /** Whether the train split holds variants of images. */
  boolean isAugmented() {
    return config.has(Columns.VARIANT + "s");
  }

  /** Says what brings a damaged dataset back. */
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
