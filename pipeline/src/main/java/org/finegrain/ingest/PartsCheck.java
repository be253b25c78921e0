package org.finegrain.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finegrain.storage.Folder;

/**
 * The comparison of a dataset's files with its manifest. It returns one sentence for each
 * difference.
 */
final class PartsCheck {
  private final Folder folder;
  private final Manifest manifest;

  PartsCheck(Folder folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Compares the sizes of the parts.
   *
   * @throws org.apache.hadoop.security.AccessControlException if the user may not read a part
   */
  List<String> sizes() throws IOException {
    Map<String, Long> files = folder.files();
    List<String> faults = new ArrayList<>();
    for (Manifest.Part part : manifest.parts()) {
      folder.requireReadable(part.path()); // Spark's message would be buried in stack traces
      Long bytes = files.get(part.path());
      if (bytes == null) {
        faults.add(folder.location(part.path()) + " is missing");
      } else if (bytes != part.bytes()) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s has %d bytes, but its manifest says %d",
                folder.location(part.path()),
                bytes,
                part.bytes()));
      }
    }
    return faults;
  }

  /** Compares sizes and checksums, and then the rows. It reads every part. */
  List<String> everything(Parts parts) throws IOException {
    List<String> faults = sizes();
    if (faults.isEmpty()) {
      faults = checksums(parts);
    }
    return faults.isEmpty() ? rows(parts) : faults;
  }

  private List<String> checksums(Parts parts) throws IOException {
    List<String> paths = manifest.parts().stream().map(Manifest.Part::path).toList();
    Map<String, String> sha256 = parts.sha256(paths);
    List<String> faults = new ArrayList<>();
    for (Manifest.Part part : manifest.parts()) {
      String found = sha256.get(part.path());
      if (!found.equals(part.sha256())) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s has SHA-256 %s, but its manifest says %s",
                folder.location(part.path()),
                found,
                part.sha256()));
      }
    }
    return faults;
  }

  private List<String> rows(Parts parts) throws IOException {
    Inventory found = Inventory.take(parts, manifest.classes().size());
    List<String> faults = new ArrayList<>();
    if (!found.parts().equals(manifest.parts())) {
      faults.add(folder + " holds other parts than its manifest says");
    }
    if (!found.counts().equals(manifest.counts())) {
      faults.add(folder + " holds other numbers of images than its manifest says");
    }
    if (!found.fingerprint().equals(manifest.fingerprint())) {
      faults.add(
          String.format(
              Locale.ROOT,
              "The rows of %s have fingerprint %s, but its manifest says %s",
              folder,
              found.fingerprint(),
              manifest.fingerprint()));
    }
    return faults;
  }
}
