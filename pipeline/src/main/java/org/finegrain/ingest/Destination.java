package org.finegrain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Excerpt;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a dataset that is to be written: free, up to date, damaged, or in the way.
 *
 * @param overwrite whether another or a damaged dataset may be replaced; anything else never is
 */
record Destination(SparkSession spark, Folder folder, boolean overwrite) {
  private static final Logger LOG = LoggerFactory.getLogger(Destination.class);

  /**
   * Whether the folder holds just what would be written. With {@link #overwrite} every part is
   * read, as the user may know that one is damaged; without it sizes must do.
   *
   * @throws DataException if it holds something else, or something damaged, that may not be
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
      if (!folder.files().keySet().stream().allMatch(Destination::isOfADataset)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot write a dataset to %s: the folder is not empty and holds no dataset; choose"
                    + " another one",
                folder),
            e);
      }
      mayReplace(dataset, "its " + Manifest.FILE + " is missing or damaged");
      return false;
    }
    List<String> differences = differences(manifest, dataset, sourceFingerprint, config);
    if (!differences.isEmpty()) {
      mayReplace(dataset, "it holds another dataset (" + String.join("; ", differences) + ")");
      return false;
    }
    PartsCheck check = new PartsCheck(folder, manifest);
    List<String> faults = overwrite ? check.everything(spark) : check.sizes();
    if (!faults.isEmpty()) {
      mayReplace(dataset, "it is damaged (" + String.join("; ", Excerpt.of(faults)) + ")");
      return false;
    }
    return true;
  }

  private static boolean isOfADataset(String file) {
    return PartWriter.PART.matcher(file).matches()
        || file.equals(Manifest.FILE)
        || file.equals(AugmentAction.CONTACT_SHEET);
  }

  private void mayReplace(String dataset, String why) {
    if (!overwrite) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot write %s to %s: %s; replace it by --overwrite, or choose another folder",
              dataset,
              folder,
              why));
    }
    LOG.info("{} is replaced: {}", folder, why);
  }

  private static List<String> differences(
      Manifest manifest, String dataset, String sourceFingerprint, JsonNode config) {
    List<String> differences = new ArrayList<>();
    if (!manifest.dataset().equals(dataset)) {
      differences.add("it is " + manifest.dataset());
    } else if (!manifest.sourceFingerprint().equals(sourceFingerprint)) {
      differences.add("the source has changed since");
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
   * Writes beside the folder, and gives it the folder's name once it is complete, unless the folder
   * {@link #isUpToDate}. One process at a time does so.
   *
   * @return whether anything was written
   * @throws org.finegrain.storage.LeaseHeldException if another process writes the folder
   */
  boolean write(String dataset, String sourceFingerprint, JsonNode config, Folder.Contents content)
      throws IOException {
    if (isUpToDate(dataset, sourceFingerprint, config)) { // maybe where the user may only read
      return false;
    }
    try (Lease lease = Lease.acquire(folder.claims(), "the place of the dataset " + folder)) {
      folder.finishReplace();
      for (Folder left : folder.unfinished()) {
        LOG.info("{} was left by a process that was killed, and is deleted", left);
        left.delete();
      }
      if (isUpToDate(dataset, sourceFingerprint, config)) { // by another process, meanwhile
        return false;
      }
      folder.replace(
          partial -> {
            content.writeInto(partial);
            lease.requireHeld();
          });
      return true;
    }
  }
}
