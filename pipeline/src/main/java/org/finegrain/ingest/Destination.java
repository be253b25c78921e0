package org.finegrain.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.finegrain.dataset.DataException;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a dataset that is to be written: free, up to date, or in the way.
 *
 * @param overwrite whether another dataset may be replaced; anything else never is
 */
record Destination(Folder folder, boolean overwrite) {
  private static final Logger LOG = LoggerFactory.getLogger(Destination.class);

  /** What goes into the folder; if it fails, nothing appears. */
  @FunctionalInterface
  interface Content {
    void writeTo(Folder partial) throws IOException;
  }

  /**
   * Whether the folder holds just what would be written.
   *
   * @throws DataException if it holds something else that may not be replaced
   */
  boolean isUpToDate(String dataset, String sourceFingerprint, JsonNode config) throws IOException {
    if (!Manifest.exists(folder)) {
      if (!folder.list().isEmpty()) {
        throw new DataException(
            String.format(
                    Locale.ROOT,
                    "Cannot write a dataset to %s: the folder is not empty and holds no dataset; choose",
                    folder.location())
                + " another one");
      }
      return false;
    }
    List<String> differences =
        differences(Manifest.read(folder), dataset, sourceFingerprint, config);
    if (differences.isEmpty()) {
      return true;
    }
    if (!overwrite) {
      throw new DataException(
          String.format(
                  Locale.ROOT,
                  "Cannot write %s to %s: it holds another dataset (%s); replace it by --overwrite, or",
                  dataset,
                  folder.location(),
                  String.join("; ", differences))
              + " choose another folder");
    }
    return false;
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

  /** Writes beside the folder, and gives it the folder's name once it is complete. */
  void write(Content content) throws IOException {
    for (Folder left : folder.unfinished()) {
      LOG.warn("{} is of a run that was killed, or that is still running: if not, delete it", left);
    }
    Folder partial = folder.partial();
    try {
      content.writeTo(partial);
      folder.delete(); // empty, or a dataset that may be replaced
    } catch (IOException | RuntimeException e) {
      try {
        partial.delete();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    folder.publish(partial);
  }
}
