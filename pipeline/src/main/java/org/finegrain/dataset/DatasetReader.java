package org.finegrain.dataset;

import java.io.IOException;
import java.util.Locale;
import org.finegrain.storage.Folder;

/** Reads the lists of one original layout; images are not opened. */
public interface DatasetReader {
  /**
   * The reader of a layout: {@code cub}, {@code aircraft}, {@code cars} or {@code dogs}.
   *
   * @throws DataException if there is no such dataset
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
   * @param root the folder of the original layout, or the one it was unpacked into
   * @throws DataException if a file is missing, malformed, or contradicts another; names file and
   *     row
   */
  OriginalDataset read(Folder root) throws IOException;
}
