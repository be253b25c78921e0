package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.storage.Folder;

/**
 * The writer of small drawn datasets in the four original layouts. With them, everything can be
 * tried and tested without a download. The classes of a dataset are kinds of one subject, which
 * differ in colour and pattern. Place, pose, size, light and background are random.
 *
 * <p>Promise: the same configuration gives the same bytes.
 */
public final class SyntheticDatasets {
  /** The file in the dataset's folder that names the configuration it was made from. */
  private static final String MARKER = "_synthetic.txt";

  /** The version, which is raised when the same configuration gives other bytes. */
  private static final int VERSION = 1;

  private SyntheticDatasets() {}

  /**
   * Writes {@code out/cub}, {@code out/aircraft}, {@code out/cars} and {@code out/dogs}, each
   * completely or not at all. A dataset that was made from the same configuration is left as it is.
   *
   * @return the names of the datasets that were written
   * @throws DataException if something else is in the place of a dataset
   */
  public static List<String> write(Folder out, SyntheticConfig config) throws IOException {
    List<String> written = new ArrayList<>();
    for (String name : DatasetManifest.NAMES) {
      if (write(out.folder(name), name, config)) {
        written.add(name);
      }
    }
    return written;
  }

  /** Returns whether the original dataset in a folder was drawn by this class. */
  public static boolean isSynthetic(Folder root) throws IOException {
    return root.exists(MARKER);
  }

  private static boolean write(Folder folder, String name, SyntheticConfig config)
      throws IOException {
    String marker = marker(name, config);
    if (folder.exists(MARKER)) {
      if (folder.text(MARKER).equals(marker)) {
        return false;
      }
    } else if (folder.exists()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot write a synthetic dataset to %s: something else is there; name another"
                  + " folder",
              folder.location()));
    }
    folder.replace(
        partial -> {
          layout(name).write(partial, new SyntheticPlan(name, config));
          partial.write(MARKER, marker);
        });
    return true;
  }

  private static SyntheticLayout layout(String name) {
    return switch (name) {
      case "cub" -> new CubLayout();
      case "aircraft" -> new AircraftLayout();
      case "cars" -> new CarsLayout();
      case "dogs" -> new DogsLayout();
      default -> throw new IllegalArgumentException("Unknown dataset " + name);
    };
  }

  private static String marker(String name, SyntheticConfig config) {
    return String.format(
        Locale.ROOT,
        "Drawn by finegrain, not photographed. Version %d, dataset %s, %s%n",
        VERSION,
        name,
        config);
  }
}
