package org.finegrain.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.storage.Checksums;

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
   * Reads the parts of a dataset.
   *
   * @param classes the number of classes
   * @throws DataException if a label is not one of the classes
   */
  static Inventory take(Parts stored, int classes) throws IOException {
    Map<String, Long> files = stored.folder().files();
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
      List<Parts.StoredRow> listed = new ArrayList<>(stored.rows(parts));
      listed.sort(
          Comparator.comparing(Parts.StoredRow::imageId)
              .thenComparingInt(Parts.StoredRow::variant));
      for (Parts.StoredRow row : listed) {
        if (row.label() < 0 || row.label() >= classes) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "Invalid label %d of image %s in %s (must be below %d, the number of classes)",
                  row.label(),
                  row.imageId(),
                  stored.folder(),
                  classes));
        }
        byClass[row.label()]++;
        rowsByPart.merge(split.folder() + "/" + row.file(), 1L, Long::sum);
        digest.update(line(row, split).getBytes(UTF_8));
        images.add(
            new Duplicate.Occurrence(row.sha256(), row.sourcePath(), split.folder(), row.label()));
      }
      counts.put(split.folder(), new Manifest.SplitCounts(listed.size(), List.of(byClass)));
    }
    Map<String, String> sha256 = stored.sha256(paths);
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

  private static String line(Parts.StoredRow row, Split split) {
    String id = row.variant() < 0 ? row.imageId() : row.imageId() + "#" + row.variant();
    return String.format(
        Locale.ROOT, "%s\t%s\t%d\t%s\n", split.folder(), id, row.label(), row.sha256());
  }
}
