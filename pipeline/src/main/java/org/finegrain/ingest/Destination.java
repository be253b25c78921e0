package org.finegrain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Excerpt;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which a dataset is written. It may be empty, hold the dataset already, or hold
 * something else.
 *
 * @param hadoop Hadoop's configuration
 * @param folder the folder
 * @param overwrite whether another dataset or a damaged one may be replaced; anything else is never
 *     replaced
 * @param spark the session that writes; it is asked for only if there is something to write
 */
record Destination(
    Configuration hadoop, Folder folder, boolean overwrite, Supplier<SparkSession> spark) {
  private static final Logger LOG = LoggerFactory.getLogger(Destination.class);

  /**
   * Returns whether the folder already holds exactly what would be written. With {@link
   * #overwrite}, every part is read, because the user may know that one is damaged. Without it,
   * only the sizes are compared. Needs no Spark.
   *
   * @throws DataException if the folder holds something else, or something damaged, that may not be
   *     replaced
   */
  boolean isUpToDate(String dataset, String sourceFingerprint, JsonNode config) throws IOException {
    if (folder.list().isEmpty()) {
      return false;
    }
    Manifest manifest;
    try {
      manifest = Manifest.read(folder);
    } catch (DataException e) {
      if (!folder.files().keySet().stream().allMatch(Destination::belongsToADataset)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot write a dataset to %s: the folder is not empty and holds no dataset; choose"
                    + " another folder",
                folder),
            e);
      }
      requireOverwrite(dataset, "its " + Manifest.FILE + " is missing or damaged");
      return false;
    }
    List<String> differences = differences(manifest, dataset, sourceFingerprint, config);
    if (!differences.isEmpty()) {
      requireOverwrite(
          dataset, "it holds another dataset (" + String.join("; ", differences) + ")");
      return false;
    }
    PartsCheck check = new PartsCheck(folder, manifest);
    List<String> faults =
        new ArrayList<>(
            overwrite ? check.everything(new PartsInDriver(hadoop, folder)) : check.sizes());
    if (manifest.isAugmented() && !folder.exists(AugmentAction.CONTACT_SHEET)) {
      faults.add(folder.location(AugmentAction.CONTACT_SHEET) + " is missing");
    }
    if (!faults.isEmpty()) {
      requireOverwrite(dataset, "it is damaged (" + String.join("; ", Excerpt.of(faults)) + ")");
      return false;
    }
    return true;
  }

  private static boolean belongsToADataset(String file) {
    return PartWriter.PART.matcher(file).matches()
        || file.equals(Manifest.FILE)
        || file.equals(AugmentAction.CONTACT_SHEET);
  }

  private void requireOverwrite(String dataset, String reason) {
    if (!overwrite) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot write %s to %s: %s; replace it with --overwrite, or choose another folder",
              dataset,
              folder,
              reason));
    }
    LOG.info("Replacing {}: {}", folder, reason);
  }

  private static List<String> differences(
      Manifest manifest, String dataset, String sourceFingerprint, JsonNode config) {
    List<String> differences = new ArrayList<>();
    if (!manifest.dataset().equals(dataset)) {
      differences.add("it is " + manifest.dataset());
    } else if (!manifest.sourceFingerprint().equals(sourceFingerprint)) {
      differences.add("its source has changed since");
    }
    TreeSet<String> keys = new TreeSet<>();
    manifest.config().fieldNames().forEachRemaining(keys::add);
    config.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      JsonNode was = manifest.config().path(key);
      JsonNode is = config.path(key);
      if (!was.equals(is)) {
        differences.add(String.format(Locale.ROOT, "%s was %s, now %s", key, was, is));
      }
    }
    return differences;
  }

  /**
   * Writes the dataset, unless the folder {@link #isUpToDate}. The content is written beside the
   * folder and gets its name when it is complete. One process at a time does this.
   *
   * @return whether anything was written
   * @throws org.finegrain.storage.LeaseHeldException if another process is writing the folder
   */
  boolean write(String dataset, String sourceFingerprint, JsonNode config, Folder.Contents content)
      throws IOException {
    if (isUpToDate(dataset, sourceFingerprint, config)) { // the user may have no right to write
      return false;
    }
    try (Lease lease =
        Lease.acquire(
            folder.leaseFolder(),
            "the dataset folder " + folder,
            spark.get().sparkContext().applicationId())) {
      Folder guarded = folder.guardedBy(lease::confirm);
      guarded.finishReplace();
      for (Folder left : guarded.unfinished()) {
        LOG.info("Deleting {}, which a killed process left behind", left);
        left.delete();
      }
      if (isUpToDate(dataset, sourceFingerprint, config)) { // another process wrote it meanwhile
        return false;
      }
      guarded.replace(content);
      return true;
    }
  }
}
