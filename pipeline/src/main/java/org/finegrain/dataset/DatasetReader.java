package org.finegrain.dataset;

import java.io.IOException;
import java.util.Locale;
import org.finegrain.storage.Folder;

/** A reader of the lists of one original layout. It does not open images. */
public interface DatasetReader {
  /**
   * Returns the reader of a layout: {@code cub}, {@code aircraft}, {@code cars} or {@code dogs}.
   *
   * @throws DataException if there is no dataset of this name
   */
  static DatasetReader of(String name) {
    return switch (name) {
      case "cub" -> new CubReader();
      case "aircraft" -> new AircraftReader();
      case "cars" -> new CarsReader();
      case "dogs" -> new DogsReader();
      default ->
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "Unknown dataset %s: it must be one of %s",
                  name,
                  String.join(", ", DatasetManifest.NAMES)));
    };
  }

  /**
   * Reads the lists.
   *
   * @param root the folder of the original layout, or the folder into which it was unpacked
   * @throws DataException if a file is missing, malformed, or contradicts another one; the message
   *     names file and row
   */
  OriginalDataset read(Folder root) throws IOException;
}
